"""Holds documents against Schematron schemas with the query language of XSLT 2.

Usage: schematron.py SCHEMA... -- DOCUMENT...
Prints a line for each document and rule that is broken, warnings aside. Knows what the schemas of
XLIFF use: patterns, rules, let, assert and report.
"""

import re
import sys

from elementpath import XPath2Parser, XPathContext, get_node_tree
from lxml import etree

SCH = "{http://purl.oclc.org/dsdl/schematron}"


def alternatives(path):
    """The parts of a union, which may have brackets with unions of their own."""
    parts, depth, start = [], 0, 0
    for at, char in enumerate(path):
        depth += (char in "[(") - (char in "])")
        if char == "|" and depth == 0:
            parts.append(path[start:at])
            start = at + 1
    return [part.strip() for part in parts + [path[start:]]]


class Schema:
    def __init__(self, path):
        root = etree.parse(path).getroot()
        self.namespaces = {ns.get("prefix"): ns.get("uri") for ns in root.iter(SCH + "ns")}
        self.parsed = {}
        self.patterns = [
            (pattern.get("id"), [self.rule(rule) for rule in pattern.findall(SCH + "rule")])
            for pattern in root.iter(SCH + "pattern")
        ]

    def rule(self, rule):
        context = " | ".join("//" + part for part in alternatives(rule.get("context")))
        lets = [(one.get("name"), one.get("value")) for one in rule.findall(SCH + "let")]
        tests = [
            (one.tag == SCH + "assert", one.get("test"))
            for one in rule
            if one.tag in (SCH + "assert", SCH + "report")
            and "warn" not in (one.get("role") or "") + (rule.get("role") or "")
        ]
        return context, lets, tests

    def evaluate(self, query, tree, item, variables):
        # `current()` of XSLT is the node that the rule fires for.
        query = re.sub(r"\bcurrent\(\)", "$current", query)
        if query not in self.parsed:
            parser = XPath2Parser(namespaces=self.namespaces)
            self.parsed[query] = parser.parse(query)
        context = XPathContext(tree, namespaces=self.namespaces, item=item, variables=variables)
        return self.parsed[query], context

    def broken(self, tree):
        for name, rules in self.patterns:
            fired = set()
            for context, lets, tests in rules:
                token, root = self.evaluate(context, tree, None, {})
                for node in list(token.select(root)):
                    # The first rule of a pattern that fits a node is the only one.
                    if id(node) in fired:
                        continue
                    fired.add(id(node))
                    variables = {"current": node}
                    for variable, value in lets:
                        token_of, scope = self.evaluate(value, tree, node, variables)
                        variables[variable] = token_of.get_results(scope)
                    for wanted, test in tests:
                        token_of, scope = self.evaluate(test, tree, node, variables)
                        if bool(token_of.boolean_value(list(token_of.select(scope)))) != wanted:
                            yield name, getattr(node.elem, "sourceline", 0)


def main():
    split = sys.argv.index("--")
    schemas = [Schema(path) for path in sys.argv[1:split]]
    for path in sys.argv[split + 1:]:
        document = etree.parse(path)
        tree = get_node_tree(document)
        for schema in schemas:
            for name, line in schema.broken(tree):
                print(f"{path}:{line}: {name}")


main()
