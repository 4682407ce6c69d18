"""Counting words: split, lower, strip and a dict together."""
text = """The quick brown fox jumps over the lazy dog. The dog barks;
the fox runs away, and the quick cat watches the fox."""
counts = {}
for word in text.lower().split():
    word = word.strip(".,;")
    if word in counts:
        counts[word] += 1
    else:
        counts[word] = 1
for word in sorted(counts, key=lambda w: (-counts[w], w)):
    print(word, counts[word])
print(len(counts), sum(counts.values()))
