// Reads what a workload file says of itself off its syntax tree: nothing is compiled or run.
#include "runtime/program/workload_info.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/program/diagnostics.h"
#include "runtime/program/tree.h"

namespace gilbench {
namespace {

// What NEEDS may name.
struct Service {
  std::string_view name;
  bool WorkloadInfo::*is_needed;
};
constexpr std::array kServices = {Service{"upstream", &WorkloadInfo::needs_upstream},
                                  Service{"udp_client", &WorkloadInfo::needs_udp_client}};

class WorkloadReader {
 public:
  WorkloadReader(const Node& module, const std::string& path)
      : body_(module.list(Field::kBody)), diagnostics_{path} {}

  WorkloadInfo read() const {
    WorkloadInfo info;
    info.doc = first_line_of_docstring();
    info.sharing = sharing();
    info.sizes = sizes();
    const Node* error = assigned("EXPECT_ERROR");
    info.expects_error = error != nullptr && !is_none(*error);
    if (info.expects_error && text_of(*error) == nullptr) {
      diagnostics_.fail(error->line,
                        "EXPECT_ERROR must be a str: how the error's last line begins");
    }
    if (!info.expects_error) check_expected(info.sizes);
    check_function("work", {"state", "size", "worker", "workers"});
    if (!info.expects_error || function("combine") != nullptr) {
      check_function("combine", {"parts"});
    }
    info.has_setup = function("setup") != nullptr;
    if (info.has_setup) check_function("setup", {"size"});
    if (function("metrics") != nullptr) check_function("metrics", {"parts"});
    info.fixed_duration = flag("FIXED_DURATION");
    read_needs(info);
    return info;
  }

 private:
  // The line to name when something is missing: the file's first.
  static constexpr std::uint32_t kWholeFile = 1;
  static constexpr const char* kExample = R"({"small": ..., "full": ...})";

  static bool is_none(const Node& node) {
    return node.is(NodeKind::kConstant) && std::holds_alternative<NoneConstant>(node.literal.value);
  }

  static const std::string* text_of(const Node& node) {
    return node.is(NodeKind::kConstant) ? std::get_if<std::string>(&node.literal.value) : nullptr;
  }

  std::string first_line_of_docstring() const {
    const std::string* docstring = docstring_of(body_);
    if (docstring == nullptr) return "";
    const std::size_t start = docstring->find_first_not_of(" \n");
    if (start == std::string::npos) return "";
    return docstring->substr(start, docstring->find('\n', start) - start);
  }

  // How the module's own statements leave a name bound. What stands in an `if` or a loop is not
  // looked at: it shows when the program runs.
  struct Binding {
    const Node* value = nullptr;      // of `name = value`, or the statement that binds it otherwise
    std::uint32_t line = kWholeFile;  // of what is missing where there is no value
  };

  Binding binding(std::string_view name) const {
    Binding found;
    for (const auto& statement : body_) {
      if (deletes(*statement, name)) found = {nullptr, statement->line};
      if (const Node* value = bound_value(*statement, name)) found.value = value;
    }
    return found;
  }

  const Node* assigned(std::string_view name) const { return binding(name).value; }

  // What a statement binds the name to; null where it does not.
  static const Node* bound_value(const Node& statement, std::string_view name) {
    switch (statement.kind) {
      case NodeKind::kAnnAssign:
        return is_name(statement.at(Field::kTarget), name) ? statement.find(Field::kValue)
                                                           : nullptr;
      case NodeKind::kAugAssign:
        return is_name(statement.at(Field::kTarget), name) ? &statement : nullptr;
      case NodeKind::kAssign:
        for (const auto& target : statement.list(Field::kTargets)) {
          if (is_name(*target, name)) return &statement.at(Field::kValue);
        }
        return nullptr;
      case NodeKind::kFunctionDef:
      case NodeKind::kClassDef:
        return statement.text(Field::kName) == name ? &statement : nullptr;
      case NodeKind::kImport:
      case NodeKind::kImportFrom:
        for (const auto& alias : statement.list(Field::kNames)) {
          const std::string& own = alias->text(Field::kAsname);
          if ((own.empty() ? alias->text(Field::kName) : own) == name) return &statement;
        }
        return nullptr;
      default:
        return nullptr;
    }
  }

  static bool deletes(const Node& statement, std::string_view name) {
    return statement.is(NodeKind::kDelete) && any_is_name(statement.list(Field::kTargets), name);
  }

  static bool any_is_name(const NodeList& targets, std::string_view name) {
    return std::any_of(targets.begin(), targets.end(), [name](const auto& target) {
      return is_name(*target, name) || any_is_name(target->list(Field::kElts), name);
    });
  }

  static bool is_name(const Node& node, std::string_view name) {
    return node.is(NodeKind::kName) && node.text(Field::kId) == name;
  }

  // The value of a constant that every workload has.
  const Node& required(std::string_view name, const std::string& example) const {
    const Binding found = binding(name);
    if (found.value == nullptr) {
      diagnostics_.fail(found.line, "no " + std::string(name) + " = " + example);
    }
    return *found.value;
  }

  // The last definition of a function. Something else of that name after it is taken for a
  // decorated one.
  const Node* function(std::string_view name) const {
    const Node* found = nullptr;
    for (const auto& statement : body_) {
      if (statement->is(NodeKind::kFunctionDef) && statement->text(Field::kName) == name) {
        found = statement.get();
      }
      if (deletes(*statement, name)) found = nullptr;
    }
    return found;
  }

  std::string sharing() const {
    const Node& value = required("SHARING", R"("none", "read" or "write")");
    const std::string* text = text_of(value);
    if (text == nullptr || (*text != "none" && *text != "read" && *text != "write")) {
      diagnostics_.fail(value.line, R"(SHARING must be "none", "read" or "write")");
    }
    return *text;
  }

  bool flag(const std::string& name) const {
    const Node* value = assigned(name);
    if (value == nullptr) return false;
    const bool* set =
        value->is(NodeKind::kConstant) ? std::get_if<bool>(&value->literal.value) : nullptr;
    if (set == nullptr) diagnostics_.fail(value->line, name + " must be True or False");
    return *set;
  }

  void read_needs(WorkloadInfo& info) const {
    const Node* value = assigned("NEEDS");
    if (value == nullptr) return;
    if (!value->is(NodeKind::kTuple)) refuse_needs(value->line);
    for (const auto& element : value->list(Field::kElts)) {
      const std::string* text = text_of(*element);
      const auto service = std::find_if(
          kServices.begin(), kServices.end(),
          [text](const Service& each) { return text != nullptr && *text == each.name; });
      if (service == kServices.end()) refuse_needs(element->line);
      info.*(service->is_needed) = true;
    }
  }

  [[noreturn]] void refuse_needs(std::uint32_t line) const {
    std::string names;
    for (const Service& service : kServices) {
      names += (names.empty() ? "" : ", ") + std::string(service.name);
    }
    diagnostics_.fail(line, "NEEDS must be a tuple of services, as (\"" +
                                std::string(kServices.front().name) + "\",); services: " + names);
  }

  std::vector<std::string> keys_of(std::string_view name, const Node& display) const {
    const auto refuse = [&](std::uint32_t line) {
      diagnostics_.fail(line, std::string(name) + " must be a dict with a str for each size");
    };
    if (!display.is(NodeKind::kDict)) refuse(display.line);
    std::vector<std::string> keys;
    for (const auto& key : display.list(Field::kKeys)) {
      const std::string* text = key == nullptr ? nullptr : text_of(*key);
      if (text == nullptr) refuse(key == nullptr ? display.line : key->line);
      keys.push_back(*text);
    }
    return keys;
  }

  std::vector<std::string> sizes() const {
    const Node& value = required("SIZES", kExample);
    std::vector<std::string> keys = keys_of("SIZES", value);
    if (keys.empty()) diagnostics_.fail(value.line, "SIZES is empty");
    return keys;
  }

  // Whether it may turn out to be a dict, though it is no display of one.
  static bool may_be_dict(const Node& value) {
    switch (value.kind) {
      case NodeKind::kDict:
      case NodeKind::kConstant:
      case NodeKind::kTuple:
      case NodeKind::kList:
      case NodeKind::kSet:
      case NodeKind::kFunctionDef:
      case NodeKind::kClassDef:
        return false;
      default:
        return true;
    }
  }

  void check_expected(const std::vector<std::string>& sizes) const {
    const Node& value = required("EXPECT", kExample);
    if (may_be_dict(value)) return;  // computed: looked up when the program runs
    const std::vector<std::string> keys = keys_of("EXPECT", value);
    for (const std::string& size : sizes) {
      if (std::find(keys.begin(), keys.end(), size) == keys.end()) {
        diagnostics_.fail(value.line, "EXPECT has no answer for size \"" + size + "\"");
      }
    }
  }

  // The harness passes exactly these arguments, by position; their names are free.
  void check_function(const std::string& name, const std::vector<std::string>& parameters) const {
    std::string signature = name + "(";
    for (const std::string& parameter : parameters) {
      signature += (&parameter == &parameters.front() ? "" : ", ") + parameter;
    }
    signature += ")";
    const Node* found = function(name);
    if (found == nullptr) diagnostics_.fail(kWholeFile, "no function " + signature);
    const Node& arguments = found->at(Field::kArgs);
    std::vector<std::string> names;
    for (const Field field : {Field::kPosonlyargs, Field::kArgs}) {
      for (const auto& argument : arguments.list(field)) {
        names.push_back(argument->text(Field::kArg));
      }
    }
    const bool has_others = !arguments.list(Field::kKwonlyargs).empty() ||
                            arguments.find(Field::kVararg) || arguments.find(Field::kKwarg) ||
                            !arguments.list(Field::kDefaults).empty();
    if (names.size() != parameters.size() || has_others) {
      diagnostics_.fail(found->line,
                        "no function " + signature + ": this one has other parameters");
    }
  }

  const NodeList& body_;
  Diagnostics diagnostics_;
};

}  // namespace

WorkloadInfo workload_info_of_tree(const std::string& tree_json, const std::string& path) {
  const Tree tree = read_tree(tree_json, path);
  return WorkloadReader(*tree.module, path).read();
}

WorkloadInfo workload_info(const std::string& path) {
  return workload_info_of_tree(print_tree(path), path);
}

}  // namespace gilbench
