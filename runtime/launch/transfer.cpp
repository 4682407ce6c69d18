// The format: one tag byte, then a fixed-size number or a length and that many bytes or items, all
// in the machine's byte order (both ends are on the same one).
#include "runtime/launch/transfer.h"

#include <cstring>
#include <stdexcept>

#include "runtime/objects/classes.h"
#include "runtime/objects/containers.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/make.h"
#include "runtime/objects/operations.h"
#include "runtime/world/world.h"

GILBENCH_BEGIN

namespace {

enum Tag : char {
  kTagNone = 'N',
  kTagTrue = 'T',
  kTagFalse = 'F',
  kTagInt = 'i',
  kTagBig = 'I',
  kTagFloat = 'f',
  kTagStr = 's',
  kTagBytes = 'b',
  kTagTuple = 't',
  kTagList = 'l',
  kTagDict = 'd',
  kTagSet = 'e',
  kTagFrozenSet = 'z',
  kTagInstance = 'o',
};

constexpr int kMaxNesting = 500;

const char* elsewhere() {
  return this_thread().world.choices.placement == Placement::kProcesses ? "another process"
                                                                        : "another interpreter";
}

// A class by the name that the program's module knows it by; null where it has none.
Ref<> class_named(Str* name) {
  Ref<> klass = dict_find(this_thread().world.main->attributes, name);
  return klass && klass->kind() == Kind::kClass ? klass : Ref<>();
}

class Writer {
 public:
  std::string take() { return std::move(out_); }

  void write(Object* object) {
    if (++depth_ > kMaxNesting)
      raise(X::ValueError, "data too deeply nested to send to ", elsewhere());
    switch (object->kind()) {
      case Kind::kNone:
        put_tag(kTagNone);
        break;
      case Kind::kBool:
        put_tag(int_value(object) != 0 ? kTagTrue : kTagFalse);
        break;
      case Kind::kInt:
        put(kTagInt, int_value(object));
        break;
      case Kind::kBigInt:
        put_bytes(kTagBig, as<BigIntObject>(object)->value.to_string(16));
        break;
      case Kind::kFloat:
        put(kTagFloat, float_value(object));
        break;
      case Kind::kStr:
        put_bytes(kTagStr, as<Str>(object)->view());
        break;
      case Kind::kBytes:
        put_bytes(kTagBytes, as<Bytes>(object)->view());
        break;
      case Kind::kTuple: {
        Tuple* tuple = as<Tuple>(object);
        put(kTagTuple, tuple->size);
        for (std::size_t i = 0; i < tuple->size; ++i) write(tuple->items[i]);
        break;
      }
      case Kind::kList:
        write_items(kTagList, list_copy(as<List>(object)).get());
        break;
      case Kind::kSet:
        write_items(kTagSet, set_list(as<Set>(object)).get());
        break;
      case Kind::kFrozenSet:
        write_items(kTagFrozenSet, set_list(as<Set>(object)).get());
        break;
      case Kind::kDict:
        write_items(kTagDict, dict_list(as<Dict>(object), Kind::kDictItems).get());
        break;
      case Kind::kInstance:
        write_instance(object);
        break;
      default:
        refuse(object);
    }
    --depth_;
  }

 private:
  [[noreturn]] static void refuse(Object* object) {
    raise(X::TypeError, "cannot send '", type_name(object), "' object to ", elsewhere());
  }
  // Its class must be found again by its name, and its attributes are all there is to it.
  void write_instance(Object* object) {
    Class* klass = object->type->instance_class;
    if (klass->is_exception || class_named(klass->name).get() != klass) refuse(object);
    put_bytes(kTagInstance, klass->name->view());
    write(get_attribute(object, this_thread().world.names.dict_).get());
  }
  void put_tag(Tag tag) { out_ += static_cast<char>(tag); }
  template <class T>
  void put(Tag tag, T value) {
    put_tag(tag);
    out_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void put_bytes(Tag tag, std::string_view bytes) {
    put(tag, bytes.size());
    out_ += bytes;
  }
  void write_items(Tag tag, List* items) {
    put(tag, items->size);
    for (std::size_t i = 0; i < items->size; ++i) write(items->items[i]);
  }

  std::string out_;
  int depth_ = 0;
};

class Reader {
 public:
  explicit Reader(std::string_view in) : in_(in) {}

  Ref<> read() {
    const char tag = get<char>();
    switch (tag) {
      case kTagNone:
        return make_none();
      case kTagTrue:
        return make_bool(true);
      case kTagFalse:
        return make_bool(false);
      case kTagInt:
        return make_int(get<std::int64_t>());
      case kTagBig:
        return make_int(BigInt::from_digits(get_bytes(), 16));
      case kTagFloat:
        return make_float(get<double>());
      case kTagStr:
        return make_str(get_bytes());
      case kTagBytes:
        return make_bytes(get_bytes());
      case kTagTuple:
        return to_tuple(read_items().get());
      case kTagList:
        return read_items();
      case kTagSet:
      case kTagFrozenSet: {
        Ref<Set> set = make_set(tag == kTagFrozenSet);
        set_update(set.get(), read_items().get());
        return set;
      }
      case kTagDict: {
        Ref<Dict> dict = make_dict();
        dict_update(dict.get(), read_items().get());
        return dict;
      }
      case kTagInstance:
        return read_instance();
      default:
        throw std::runtime_error("a worker's result is not as it was sent");
    }
  }

 private:
  template <class T>
  T get() {
    T value;
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
    return value;
  }
  std::string_view get_bytes() { return take(get<std::size_t>()); }
  std::string_view take(std::size_t size) {
    if (size > in_.size()) throw std::runtime_error("a worker's result was cut short");
    const std::string_view taken = in_.substr(0, size);
    in_.remove_prefix(size);
    return taken;
  }
  Ref<List> read_items() {
    Ref<List> list = make_list();
    for (std::size_t count = get<std::size_t>(); count > 0; --count)
      list_append(list.get(), read());
    return list;
  }

  // __init__ is not called: it has made the attributes that come.
  Ref<> read_instance() {
    Str* name = intern(get_bytes());
    Ref<> klass = class_named(name);
    if (!klass)
      raise(X::AttributeError, "received an instance of an unknown class '", name->view(), "'");
    Ref<Instance> instance = make_instance(as<Class>(klass.get()));
    Ref<> attributes = read();
    std::size_t position = 0;
    Ref<> attribute, value;
    while (dict_next(as<Dict>(attributes.get()), &position, &attribute, &value)) {
      set_instance_value(instance.get(), intern(as<Str>(attribute.get())), value.get());
    }
    return instance;
  }

  std::string_view in_;
};

}  // namespace

std::string serialize(Object* object) {
  Writer writer;
  writer.write(object);
  return writer.take();
}

Ref<> deserialize(std::string_view bytes) { return Reader(bytes).read(); }

GILBENCH_END
