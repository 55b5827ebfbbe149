"""A loader of templates that lets pages be rendered in fewer and shorter steps, with the same words as without it.

What is the same on every page is joined: texts, addresses and translated sentences.
A page has some three hundred such pieces, each a call and a look-up. Joined they are one text per language; what
belongs to a page, a person or a request is rendered anew every time, as before.
"""

from html import escape

from django.conf import settings
from django.template.base import Node, NodeList, TextNode, VariableNode, render_value_in_context
from django.template.defaulttags import CommentNode, LoadNode, URLNode
from django.template.loader_tags import IncludeNode
from django.template.loaders.cached import Loader
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.templatetags.static import StaticNode
from django.utils.translation import get_language


class ConstantNode(Node):
    """Neighbours whose text depends on nothing but the language; rendered once for each."""

    def __init__(self, nodes):
        self.nodes, self.texts = nodes, {}

    def render_annotated(self, context):
        key = get_language(), context.autoescape
        text = self.texts.get(key)
        if text is None:
            text = self.texts[key] = "".join(node.render_annotated(context) for node in self.nodes)
        return text

    render = render_annotated


class ValueNode(VariableNode):
    """A `{{ variable }}` that asks first whether it is what it mostly is: text, without time zone or decimals."""

    def __init__(self, node):
        super().__init__(node.filter_expression)
        self.token, self.origin = node.token, node.origin

    def render(self, context):
        value = self.filter_expression.resolve(context)
        if type(value) is str and context.autoescape:
            return escape(value)
        if type(value) is int and not settings.USE_THOUSAND_SEPARATOR:
            return str(value)
        return render_value_in_context(value, context)


class SentenceNode(BlockTranslateNode):
    """A `{% blocktranslate %}` that works out once under which words the catalogue has its sentence."""

    def __init__(self, node):
        vars(self).update(vars(node))
        self.asked = {}

    def render_token_list(self, tokens):
        if id(tokens) not in self.asked:
            self.asked[id(tokens)] = super().render_token_list(tokens)
        words, names = self.asked[id(tokens)]
        return words, list(names)  # Django adds the names in a plural to those


class FoundTemplate:
    """What an `{% include %}` asks for its template where the name stands in it: found once, not on every page."""

    def __init__(self, name):
        self.name, self.found = name, None

    def resolve(self, context):
        if self.found is None:
            self.found = context.template.engine.get_template(self.name)
        return self.found


class JoiningLoader(Loader):
    """Django's cached loader; its templates have their constant nodes joined."""

    def get_template(self, template_name, skip=None):
        template = super().get_template(template_name, skip)
        if not hasattr(template, "is_joined"):
            join_in(template)
            template.is_joined = True
        return template


def join_in(holder):
    """Join the constant nodes in every NodeList of `holder` (a template or a node), all the way down."""
    for value in list(vars(holder).values()):
        for nodes in node_lists(value):
            for node in nodes:
                join_in(node)
            nodes[:] = joined(nodes)


def node_lists(value):
    """Return the NodeLists in an attribute of a node: itself, or those of `{% if %}`, each beside its condition."""
    if isinstance(value, NodeList):
        return [value]
    if isinstance(value, list):
        return [part for pair in value if isinstance(pair, tuple) for part in pair if isinstance(part, NodeList)]
    return []


def joined(nodes):
    """Return `nodes` with each row of constant ones as one ConstantNode."""
    result, row = [], []
    for node in [*(node for node in nodes if not isinstance(node, CommentNode | LoadNode)), None]:
        if node is not None and is_constant(node):
            row.append(node)
            continue
        if row:
            result.append(as_one(row))
        if node is not None:
            result.append(quicker(node))
        row = []
    return result


def quicker(node):
    """Return what does the same as `node` in fewer steps, if there is such a thing; else `node` itself."""
    if type(node) is VariableNode:
        return ValueNode(node)
    if type(node) is BlockTranslateNode:
        return SentenceNode(node)
    if type(node) is IncludeNode and is_literal(node.template):
        node.template = FoundTemplate(node.template.var)
    return node


def as_one(row):
    if all(isinstance(node, TextNode) for node in row):
        return TextNode("".join(node.s for node in row))
    return ConstantNode(row)


def is_constant(node):
    """True for what renders the same for everybody who reads in the same language."""
    if isinstance(node, TranslateNode):
        return node.asvar is None and node.message_context is None and is_literal(node.filter_expression)
    if isinstance(node, StaticNode):
        return node.varname is None and is_literal(node.path)
    if isinstance(node, URLNode):
        return node.asvar is None and not node.args and not node.kwargs and is_literal(node.view_name)
    return isinstance(node, TextNode)


def is_literal(expression):
    """True for a text between quotes, without filters."""
    return not expression.filters and (expression.is_var is False or expression.var.literal is not None)
