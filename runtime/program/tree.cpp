// Reads the JSON that print_tree() prints. A node without a line of its own takes its parent's.
#include "runtime/program/tree.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "runtime/program/diagnostics.h"

namespace gilbench {
namespace {

using Json = nlohmann::ordered_json;  // fields in the order in which they are evaluated

NodeKind kind_of(const std::string& type) {
  static const std::unordered_map<std::string, NodeKind> kKinds = {
#define KIND(name, type) {type, NodeKind::k##name},
      GILBENCH_NODE_KINDS(KIND)
#undef KIND
  };
  const auto found = kKinds.find(type);
  return found == kKinds.end() ? NodeKind::kUnknown : found->second;
}

// In the order of the enum.
constexpr std::string_view kFieldNames[] = {
#define FIELD(name, text) text,
    GILBENCH_FIELDS(FIELD)
#undef FIELD
        "another field"};

Field field_named(std::string_view name) {
  const auto* const first = std::begin(kFieldNames);
  return static_cast<Field>(std::find(first, first + static_cast<int>(Field::kOther), name) -
                            first);
}

std::string bytes_of_hex(const std::string& digits) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
    bytes.push_back(static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16)));
  }
  return bytes;
}

Literal literal_of(const Json& json) {
  const std::string kind = json.at("kind").get<std::string>();
  const Json& value = json.at("value");
  if (kind == "none") return {NoneConstant{}};
  if (kind == "ellipsis") return {EllipsisConstant{}};
  if (kind == "bool") return {value.get<bool>()};
  if (kind == "int") return integer_literal(value.get<std::string>());
  if (kind == "float") return {std::strtod(value.get<std::string>().c_str(), nullptr)};
  if (kind == "bytes") return {BytesConstant{bytes_of_hex(value.get<std::string>())}};
  return {value.get<std::string>()};
}

// A node without its fields. Apart, as is all that does not recurse: what node_of() has on the
// stack counts as often as nodes stand in one another.
[[gnu::noinline]] std::unique_ptr<Node> head_of(const Json& json, std::uint32_t parent_line) {
  auto node = std::make_unique<Node>();
  node->type = json.at("node").get<std::string>();
  node->kind = kind_of(node->type);
  node->line = json.value("line", parent_line);
  node->end_line = json.value("end", node->line);
  if (node->is(NodeKind::kConstant)) node->literal = literal_of(json);
  return node;
}

std::unique_ptr<Node> node_of(const Json& json, std::uint32_t parent_line);

FieldValue value_of(const Json& value, std::uint32_t line) {
  FieldValue field;
  if (value.is_string()) field.text = value.get<std::string>();
  if (value.is_number_integer()) field.number = value.get<int>();
  if (value.is_object()) field.node = node_of(value, line);
  if (value.is_array()) {
    for (const Json& item : value) {
      if (item.is_string()) {
        field.texts.push_back(item.get<std::string>());
      } else {
        field.nodes.push_back(item.is_null() ? nullptr : node_of(item, line));
      }
    }
  }
  return field;
}

std::unique_ptr<Node> node_of(const Json& json, std::uint32_t parent_line) {
  auto node = head_of(json, parent_line);
  if (node->is(NodeKind::kConstant)) return node;
  for (const auto& [name, value] : json.get_ref<const Json::object_t&>()) {
    if (name == "node" || name == "line" || name == "end" || value.is_null()) continue;
    node->fields.push_back(value_of(value, node->line));
    node->fields.back().field = field_named(name);
  }
  return node;
}

}  // namespace

const FieldValue* Node::value(Field field) const {
  for (const FieldValue& candidate : fields) {
    if (candidate.field == field) return &candidate;
  }
  return nullptr;
}

const Node* Node::find(Field field) const {
  const FieldValue* found = value(field);
  return found == nullptr ? nullptr : found->node.get();
}

const Node& Node::at(Field field) const {
  const Node* found = find(field);
  if (found == nullptr) {
    const std::string_view name = kFieldNames[static_cast<std::size_t>(field)];
    throw std::logic_error(type + " without " + std::string(name));
  }
  return *found;
}

const NodeList& Node::list(Field field) const {
  static const NodeList kEmpty;
  const FieldValue* found = value(field);
  return found == nullptr ? kEmpty : found->nodes;
}

const std::vector<std::string>& Node::texts(Field field) const {
  static const std::vector<std::string> kEmpty;
  const FieldValue* found = value(field);
  return found == nullptr ? kEmpty : found->texts;
}

const std::string& Node::text(Field field) const {
  static const std::string kEmpty;
  const FieldValue* found = value(field);
  return found == nullptr ? kEmpty : found->text;
}

int Node::number(Field field) const {
  const FieldValue* found = value(field);
  return found == nullptr ? 0 : found->number;
}

Tree read_tree(const std::string& tree_json, const std::string& path) {
  try {
    const Json document = Json::parse(tree_json);
    Tree tree;
    tree.module = node_of(document.at("tree"), 1);
    tree.source_lines = document.value("lines", std::vector<std::string>());
    if (!tree.module->is(NodeKind::kModule)) throw ProgramError(path + ":1: not a module");
    return tree;
  } catch (const Json::exception& error) {
    throw ProgramError(path + ":1: not a syntax tree: " + error.what());
  }
}

const std::string* docstring_of(const NodeList& body) {
  if (body.empty() || !body.front()->is(NodeKind::kExpressionStatement)) return nullptr;
  const Node& value = body.front()->at(Field::kValue);
  return value.is(NodeKind::kConstant) ? std::get_if<std::string>(&value.literal.value) : nullptr;
}

}  // namespace gilbench
