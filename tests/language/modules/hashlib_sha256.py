"""hashlib.sha256: digests, updates in pieces, independence of objects."""
import hashlib

print(hashlib.sha256(b"").hexdigest())
print(hashlib.sha256(b"abc").hexdigest())
h = hashlib.sha256()
for i in range(100):
    h.update(bytes([i]) * i)
print(h.hexdigest(), h.digest()[:4], len(h.digest()))
print(hashlib.sha256(b"ab" + b"c").hexdigest() == hashlib.sha256(b"abc").hexdigest())
h.update(b"more")
print(h.hexdigest()[:16], hashlib.sha256("é".encode()).hexdigest()[-8:])
chain = b"seed"
for _ in range(50):
    chain = hashlib.sha256(chain).digest()
print(chain.hex(), hashlib.sha256(b"x" * 100000).hexdigest())
