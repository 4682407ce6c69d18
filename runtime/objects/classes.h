// Classes and instances: what attributes.cpp and classes.cpp share with the interpreter.
#pragma once

#include "runtime/values/types.h"

GILBENCH_BEGIN

// The instance's own attribute; null where it has none.
Ref<> instance_value(Instance* instance, Str* name);
// Sets it, giving the class's layout a place for the name when it has none.
void set_instance_value(Instance* instance, Str* name, Object* value);
// Takes it away; null where the instance had none: then another thread may have been first.
Ref<> take_instance_value(Instance* instance, Str* name);
bool layout_has(Class* klass, Str* name);
// What a class attribute becomes when it is read through an instance (or through the class: self
// null): functions are bound, static methods unwrapped, properties called. (P)
Result bind_attribute(Ref<> value, Object* self, Class* klass);

// A new class, written in Python or an exception; its instances are made by make_instance().
// Borrows its arguments. `base` null: `object`.
Ref<Class> make_class(Str* name, Class* base, Dict* attributes, bool is_exception);
Ref<Instance> make_instance(Class* klass);
// "Outer.Inner".
inline std::string_view qualified_name(const Class* klass) {
  return klass->body == nullptr ? klass->name->view() : klass->body->qualified_name;
}
// The names of a class's attributes changed: inline caches must not be believed any more.
void class_changed(Class* klass);

GILBENCH_END
