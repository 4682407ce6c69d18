// Lists the table of natives: of every module and every class, whether or not a program can name
// it.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "runtime/launch/open_world.h"
#include "runtime/model.h"
#include "runtime/objects/containers.h"
#include "runtime/objects/make.h"
#include "runtime/objects/native_call.h"
#include "runtime/objects/operations.h"

GILBENCH_BEGIN

namespace {

std::string json_text(std::string_view text) { return "\"" + std::string(text) + "\""; }

const char* keywords_text(Keywords keywords) {
  switch (keywords) {
    case Keywords::kNone:
      return "none";
    case Keywords::kNamed:
      return "named";
    case Keywords::kAfter:
      return "after";
    case Keywords::kAny:
      return "any";
  }
  return "";
}

const char* binding_text(Binding binding) {
  switch (binding) {
    case Binding::kFunction:
      return "function";
    case Binding::kStaticMethod:
      return "staticmethod";
    case Binding::kMethod:
      return "method";
    case Binding::kProperty:
      return "property";
    case Binding::kClassMethod:
      return "classmethod";
    case Binding::kConstructor:
      return "constructor";
  }
  return "";
}

class NativeList {
 public:
  void add_module(Module* module) {
    for_each_value(module->attributes, [&](Object* value) {
      if (value->kind() == Kind::kNativeFunction) {
        add_row("module", module->name->view(), *as<NativeFunction>(value)->row,
                Binding::kFunction);
      } else if (value->kind() == Kind::kClass) {
        add_class(as<Class>(value));
      } else if (value->kind() == Kind::kModule) {
        add_module(as<Module>(value));
      }
    });
  }

  void add_class(Class* klass) {
    if (klass == nullptr || !seen_.insert(klass).second) return;
    const std::string_view name = klass->name->view();
    if (klass->construct != nullptr) {
      add_row("class", name, *klass->construct, Binding::kConstructor);
    }
    for_each_value(klass->attributes, [&](Object* value) {
      switch (value->kind()) {
        case Kind::kStaticMethod:
        case Kind::kClassMethod:
        case Kind::kProperty:
          value = as<Wrapper>(value)->function;
          break;
        default:
          break;
      }
      if (value->kind() != Kind::kNativeFunction) return;
      const NativeFunction* function = as<NativeFunction>(value);
      add_row("class", name, *function->row, function->binding);
    });
  }

  std::string text() {
    std::sort(lines_.begin(), lines_.end());
    std::string text;
    for (const std::string& line : lines_) text += line + "\n";
    return text;
  }

 private:
  template <class Action>
  static void for_each_value(Dict* dict, Action&& action) {
    std::size_t position = 0;
    Ref<> value;
    while (dict_next(dict, &position, nullptr, &value)) action(value.get());
  }

  void add_row(const char* kind, std::string_view where, const NativeMethod& row, Binding binding) {
    const Takes& takes = row.takes;
    std::string names;
    for (std::size_t i = 0; i < takes.name_count; ++i) {
      names += (i == 0 ? "" : ", ") + json_text(takes.names[i]);
    }
    lines_.push_back(
        std::string("{") + json_text(kind) + ": " + json_text(where) + ", \"name\": " +
        json_text(row.name) + ", \"binding\": " + json_text(binding_text(binding)) +
        ", \"least\": " + std::to_string(takes.least) +
        ", \"most\": " + (takes.most == kAnyNumber ? "null" : std::to_string(takes.most)) +
        ", \"keywords\": " + json_text(keywords_text(takes.keywords)) + ", \"names\": [" + names +
        "], \"required\": " + std::to_string(takes.required) +
        ", \"positional_only\": " + std::to_string(takes.positional_only_count) + "}");
  }

  std::set<const Class*> seen_;
  std::vector<std::string> lines_;
};

}  // namespace

// One JSON object a line: module or class, name, and what the row asks for. In a world of its own.
std::string list_natives(const Choices& choices) {
  OpenWorld open_world(std::make_shared<const Program>(), {}, choices);
  NativeList list;
  World& world = open_world.world();
  list.add_module(world.builtins);
  for (const std::string_view name : World::native_modules()) {
    list.add_module(world.import(name).get());
  }
  for (Class* klass : world.builtin_classes) list.add_class(klass);
  for (Class* klass : world.native_classes()) list.add_class(klass);
  std::string text = list.text();
  open_world.close();
  return text;
}

GILBENCH_END
