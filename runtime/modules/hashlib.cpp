// The module hashlib: OpenSSL's digests.
//
// As in CPython, data of more than kHashDetachBytes is hashed while detached, so that other threads
// run meanwhile. Then the global lock no longer guards the hash's state; its own mutex does, under
// every strategy. It is held detached, or attached for the moment that a short update takes, and
// nobody attaches while holding it: so it cannot deadlock with the global lock.
#include <openssl/evp.h>

#include <array>
#include <mutex>

#include "runtime/objects/native_class.h"
#include "runtime/objects/text_objects.h"
#include "runtime/support/bytes.h"

GILBENCH_BEGIN

namespace {

// CPython's HASHLIB_GIL_MINSIZE.
constexpr std::size_t kHashDetachBytes = 2047;

struct HashObject : Object {
  const char* name = nullptr;     // constant
  EVP_MD_CTX* context = nullptr;  // what it points to is guarded by mutex
  std::mutex mutex;
};

void free_hash(Object* object) {
  HashObject* hash = as<HashObject>(object);
  EVP_MD_CTX_free(hash->context);
  hash->~HashObject();
  free_object(object, sizeof(HashObject));
}

constinit const Type kHashType = {"HASH", Kind::kNative, kHashTypeId, nullptr, free_hash};

void require(int ok) {
  if (ok != 1) raise(X::ValueError, "OpenSSL refused the operation");
}

Ref<HashObject> new_hash(const char* name) {
  HashObject* object = allocate_object<HashObject>(kHashType);
  Ref<HashObject> hash = Ref<HashObject>::adopt(object);
  hash->name = name;
  hash->context = EVP_MD_CTX_new();
  if (hash->context == nullptr) throw std::bad_alloc();
  return hash;
}

std::string_view data_arg(Object* object) {
  if (object->kind() == Kind::kBytes) return as<Bytes>(object)->view();
  if (is_str(object)) raise(X::TypeError, "Strings must be encoded before hashing");
  raise(X::TypeError, "object supporting the buffer API required");
}

// Attached. `action` is run with the mutex held; detached where it takes long or has to wait.
template <class Action>
void with_context(HashObject* hash, bool takes_long, Action&& action) {
  if (!takes_long) {
    std::unique_lock<std::mutex> guard(hash->mutex, std::try_to_lock);
    if (guard.owns_lock()) {
      action();
      return;
    }
  }
  BlockingRegion region;
  std::unique_lock<std::mutex> guard(hash->mutex);
  action();
}

void update(HashObject* hash, std::string_view data) {
  int ok = 1;
  with_context(hash, data.size() > kHashDetachBytes,
               [&] { ok = EVP_DigestUpdate(hash->context, data.data(), data.size()); });
  require(ok);
}

struct Algorithm {
  const char* name;
  const char* openssl_name;
};
constexpr Algorithm kAlgorithms[] = {
    {"sha256", "SHA256"}, {"sha1", "SHA1"},     {"sha224", "SHA224"},
    {"sha384", "SHA384"}, {"sha512", "SHA512"}, {"md5", "MD5"},
};
constexpr std::size_t kAlgorithmCount = std::size(kAlgorithms);

// Looked up by name once: the look-up takes longer than hashing a short text.
const EVP_MD* digest_of(std::size_t algorithm) {
  static const std::array<EVP_MD*, kAlgorithmCount> kDigests = [] {
    std::array<EVP_MD*, kAlgorithmCount> fetched{};
    for (std::size_t i = 0; i < kAlgorithmCount; ++i) {
      fetched[i] = EVP_MD_fetch(nullptr, kAlgorithms[i].openssl_name, nullptr);
    }
    return fetched;
  }();
  return kDigests[algorithm];
}

Ref<> make_hash(std::size_t algorithm, Object* data) {
  const EVP_MD* digest = digest_of(algorithm);
  if (digest == nullptr) {
    raise(X::ValueError, "unsupported hash type ", kAlgorithms[algorithm].name);
  }
  const std::string_view bytes = data == nullptr ? std::string_view() : data_arg(data);
  Ref<HashObject> hash = new_hash(kAlgorithms[algorithm].name);
  require(EVP_DigestInit_ex2(hash->context, digest, nullptr));
  if (!bytes.empty()) update(hash.get(), bytes);
  return hash;
}

template <std::size_t kAlgorithm>
Result construct(Args args) {
  return make_hash(kAlgorithm, args.get(0));
}

Result construct_by_name(Args args) {
  const std::string_view name = str_arg(args[0], "new")->view();
  for (std::size_t i = 0; i < kAlgorithmCount; ++i) {
    if (name == kAlgorithms[i].name) return make_hash(i, args.get(1));
  }
  return fail(X::ValueError, "unsupported hash type ", name);
}

// ---- methods ----

HashObject* self_hash(Args args) { return as<HashObject>(args[0]); }

Result hash_update(Args args) {
  HashObject* self = self_hash(args);
  update(self, data_arg(args[1]));
  return make_none();
}

// A copy of the state, which may be finished without ending the hash.
Ref<HashObject> copy_of(HashObject* hash) {
  Ref<HashObject> copy = new_hash(hash->name);
  int ok = 1;
  with_context(hash, false, [&] { ok = EVP_MD_CTX_copy_ex(copy->context, hash->context); });
  require(ok);
  return copy;
}

std::string digest_text(HashObject* hash) {
  Ref<HashObject> copy = copy_of(hash);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  require(EVP_DigestFinal_ex(copy->context, digest.data(), &size));
  return {reinterpret_cast<const char*>(digest.data()), size};
}

Result hash_digest(Args args) { return make_bytes(digest_text(self_hash(args))); }
Result hash_hex_digest(Args args) {
  return make_ascii_str(bytes::hex(digest_text(self_hash(args))));
}
Result hash_copy(Args args) { return copy_of(self_hash(args)); }

constexpr NativeMethod kHashlibMethods[] = {
    {"update", hash_update, exactly(1)},
    {"digest", hash_digest, exactly(0)},
    {"hexdigest", hash_hex_digest, exactly(0)},
    {"copy", hash_copy, exactly(0)},
};

// ---- attributes: constant for the object's life ----

Result hash_name(Args args) { return make_str(self_hash(args)->name); }
Result hash_digest_size(Args args) {
  return make_int(EVP_MD_CTX_get_size(self_hash(args)->context));
}
Result hash_block_size(Args args) {
  return make_int(EVP_MD_CTX_get_block_size(self_hash(args)->context));
}

constexpr NativeMethod kHashlibProperties[] = {
    {"name", hash_name, exactly(0)},
    {"digest_size", hash_digest_size, exactly(0)},
    {"block_size", hash_block_size, exactly(0)},
};

constexpr Takes kHashed = named(0, "string", "usedforsecurity").by_name_from(1);
constexpr NativeMethod kHashlibFunctions[] = {
    {"sha256", construct<0>, kHashed.called("openssl_sha256")},
    {"sha1", construct<1>, kHashed.called("openssl_sha1")},
    {"sha224", construct<2>, kHashed.called("openssl_sha224")},
    {"sha384", construct<3>, kHashed.called("openssl_sha384")},
    {"sha512", construct<4>, kHashed.called("openssl_sha512")},
    {"md5", construct<5>, kHashed.called("openssl_md5")},
    {"new", construct_by_name, python(1, "name", "data").called("__hash_new")},
};

}  // namespace

Ref<Module> make_hashlib_module() {
  Class* klass = define_class(this_thread().world, kHashType, kHashlibMethods);
  add_natives(klass, kHashlibProperties, Binding::kProperty);
  Ref<Module> module = make_module("hashlib");
  module_add(module.get(), kHashlibFunctions);
  return module;
}

GILBENCH_END
