//! Parses text to a tree in which every value has its position. YAML 1.2, core schema, one document, no
//! tags.
//!
//! granit-parser reads the events. It is a young crate: saphyr-parser, which has the same event model, is the
//! fallback. Only this folder uses it.

mod anchors;
mod refuse;
mod scalar;
mod syntax;
mod tabs;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use anchors::AnchoredValue;
use granit_parser::{Event, Marker, Parser, ScalarStyle, ScanError, StrInput, StructureStyle};

use crate::config::budget::{Budget, MAX_DEPTH, Weight};
use crate::diagnostic::{Problem, Problems, SourceId, Span};
use crate::model::{Entry, Node, NodeKind, Text};

/// The largest file that is read, in bytes: a RegisterTaskDefinition request may have 64 KiB, so this is plenty.
pub const MAX_BYTES: usize = 1 << 20;
/// How many values a file may have, including those repeated by aliases.
const MAX_NODES: usize = 20_000;

/// Parses one YAML (or JSON) document. `text` is the source's whole text. Adds problems to `problems` and
/// returns `None` if there is no usable tree; after a duplicate key the tree can still be used for
/// further checks.
pub fn parse(text: &str, source: SourceId, problems: &mut Problems) -> Option<Node> {
    let whole = |end| Span {
        source,
        start: 0,
        end,
    };
    if text.len() > MAX_BYTES {
        let message = format!(
            "the file has {} bytes, more than the {MAX_BYTES} that are read",
            text.len()
        );
        problems.push(Problem::error("too-large", message, whole(0)));
        return None;
    }
    let mut found = Problems::default();
    let mut builder = Builder::new(text, source, &mut found);
    let node = builder.document();
    if builder.is_at_tab {
        let spaced = tabs::as_spaces(text);
        return Builder::new(&spaced, source, problems).document().ok();
    }
    problems.append(found);
    node.ok()
}

/// Parsing was aborted; the reason is in the problems.
struct ParseAborted;

struct Builder<'a> {
    parser: Parser<'a, StrInput<'a>>,
    bom: usize,
    text: &'a str,
    source: SourceId,
    problems: &'a mut Problems,
    nodes: usize,
    aliases: usize,
    /// What anchors and aliases repeat.
    repeated: Budget,
    /// The number of open brackets: inside them tabs may indent, as in JSON.
    brackets: usize,
    /// Whether the parser stopped at a tab.
    is_at_tab: bool,
    anchors: HashMap<usize, AnchoredValue>,
}

/// A key as parsed.
struct MappingKey<'a> {
    name: Cow<'a, str>,
    span: Span,
    is_merge: bool,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str, source: SourceId, problems: &'a mut Problems) -> Self {
        let options = granit_parser::options! {
            emit_comments: false,
            emit_unresolved_aliases: true,
        };
        // A byte order mark is not content, but it counts for byte offsets.
        let bom = if text.starts_with('\u{feff}') {
            '\u{feff}'.len_utf8()
        } else {
            0
        };
        Self {
            parser: Parser::new_from_str_with_options(&text[bom..], options),
            bom,
            text,
            source,
            problems,
            nodes: 0,
            aliases: 0,
            repeated: Budget::default(),
            brackets: 0,
            is_at_tab: false,
            anchors: HashMap::new(),
        }
    }

    fn document(&mut self) -> Result<Node, ParseAborted> {
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamEnd => {
                    let problem = Problem::error("empty-file", "the file is empty", self.at(0));
                    return self.stop(problem);
                }
                Event::StreamStart | Event::DocumentStart(..) => {}
                event => {
                    let root = self.node(event, span, 0)?;
                    self.only_document()?;
                    return Ok(root);
                }
            }
        }
    }

    fn only_document(&mut self) -> Result<(), ParseAborted> {
        loop {
            match self.next()? {
                (Event::StreamEnd, _) => return Ok(()),
                (Event::DocumentEnd, _) => {}
                (_, span) => {
                    return self.stop(
                        Problem::error("several-documents", "a second YAML document", span)
                            .label("only one document to a file"),
                    );
                }
            }
        }
    }

    fn next(&mut self) -> Result<(Event<'a>, Span), ParseAborted> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => {
                let tag = span.tag_span();
                self.refuse_tag(&event, tag.map(|tag| self.span(tag.start, tag.end)));
                Ok((event, self.span(span.start, span.end)))
            }
            Some(Err(error)) => self.syntax_error(&error),
            None => Ok((Event::StreamEnd, self.at(self.text.len()))),
        }
    }

    fn node(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Node, ParseAborted> {
        self.count(1, depth, span)?;
        self.refuse_tab(span)?;
        let (anchor, node) = match event {
            Event::Scalar(text, style, anchor, _) => (anchor, self.scalar(&text, style, span)?),
            Event::SequenceStart(style, anchor, _) => {
                let node = self.bracketed(style, |it| it.sequence(span, depth))?;
                (anchor, node)
            }
            Event::MappingStart(style, anchor, _) => {
                let node = self.bracketed(style, |it| it.mapping(span, depth))?;
                (anchor, node)
            }
            Event::Alias(id) => return self.alias(id, span, depth),
            Event::UnresolvedAlias(name) => {
                let message = format!("no anchor `&{name}` before this alias");
                self.problems
                    .push(Problem::error("unknown-anchor", message, span));
                return Ok(Node::null(span));
            }
            _ => {
                return self.stop(Problem::error(
                    "syntax",
                    "not valid YAML: a value is missing",
                    span,
                ));
            }
        };
        if anchor != 0 {
            let anchored = AnchoredValue::of(&node);
            self.repeat(anchored.weight, span)?;
            self.anchors.insert(anchor, anchored);
        }
        Ok(node)
    }

    /// Parses a collection, with or without brackets.
    fn bracketed(
        &mut self,
        style: StructureStyle,
        read: impl FnOnce(&mut Self) -> Result<Node, ParseAborted>,
    ) -> Result<Node, ParseAborted> {
        let brackets = usize::from(style == StructureStyle::Flow);
        self.brackets += brackets;
        let node = read(self)?;
        self.brackets -= brackets;
        Ok(node)
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, span: Span) -> Result<Node, ParseAborted> {
        if style == ScalarStyle::Plain {
            self.refuse_unquoted_reference(text, span)?;
            return Ok(Node::new(span, scalar::plain(text)));
        }
        Ok(Node::new(span, NodeKind::Text(Text::literal(text))))
    }

    fn sequence(&mut self, start: Span, depth: usize) -> Result<Node, ParseAborted> {
        let mut items = Vec::new();
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::SequenceEnd) {
                let span = self.whole(start, span, items.last().map(|item: &Node| item.span.end));
                return Ok(Node::list(span, items));
            }
            items.push(self.node(event, span, depth + 1)?);
        }
    }

    fn mapping(&mut self, start: Span, depth: usize) -> Result<Node, ParseAborted> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut seen: BTreeMap<Cow<'_, str>, Span> = BTreeMap::new();
        let mut merges = Vec::new();
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::MappingEnd) {
                let last = entries.last().map(|entry| entry.value.span.end);
                let span = self.whole(start, span, last);
                anchors::apply(&mut entries, merges, self.problems);
                return Ok(Node::map(span, entries));
            }
            let key = self.key(event, span, depth)?;
            let (event, span) = self.next()?;
            let mut value = self.node(event, span, depth + 1)?;
            let Some(key) = key else { continue };
            if value.span.start >= value.span.end {
                value.span = key.span;
            }
            if let Some(first) = seen.get(&key.name) {
                self.problems.push(duplicate(&key, *first));
                continue;
            }
            seen.insert(key.name.clone(), key.span);
            if key.is_merge {
                merges.push((entries.len(), key.span, value));
                continue;
            }
            entries.push(Entry::new(key.name, key.span, value));
        }
    }

    /// Parses a key: text, or a number or boolean as written. Returns `None` (with a problem) for anything
    /// else.
    fn key(
        &mut self,
        event: Event<'a>,
        span: Span,
        depth: usize,
    ) -> Result<Option<MappingKey<'a>>, ParseAborted> {
        let Event::Scalar(text, style, ..) = event else {
            self.node(event, span, depth + 1)?;
            self.problems.push(
                Problem::error("key-not-text", "a key must be text", span)
                    .label("a list, a mapping or an alias can't be one"),
            );
            return Ok(None);
        };
        self.count(1, depth, span)?;
        self.refuse_tab(span)?;
        let is_plain = style == ScalarStyle::Plain;
        if is_plain {
            self.refuse_unquoted_reference(&text, span)?;
            if let Some(problem) = syntax::foreign_comment(&text, span) {
                return self.stop(problem);
            }
            if scalar::is_null(&text) {
                self.problems.push(
                    Problem::error("key-not-text", "a key is missing", span)
                        .label("quote it if it is meant as text"),
                );
                return Ok(None);
            }
        }
        Ok(Some(MappingKey {
            is_merge: is_plain && text == "<<",
            name: text,
            span,
        }))
    }

    fn count(&mut self, nodes: usize, depth: usize, span: Span) -> Result<(), ParseAborted> {
        self.nodes = self.nodes.saturating_add(nodes);
        if self.nodes > MAX_NODES {
            let message = format!("more than {MAX_NODES} values, aliases resolved");
            return self.stop(Problem::error("too-many-values", message, span));
        }
        if depth > MAX_DEPTH {
            let message = format!("nested deeper than {MAX_DEPTH} levels");
            return self.stop(Problem::error("too-deep", message, span));
        }
        Ok(())
    }

    /// Counts a value that is there once more, for an anchor or an alias.
    fn repeat(&mut self, weight: Weight, span: Span) -> Result<(), ParseAborted> {
        match self.repeated.spend(weight) {
            Ok(()) => Ok(()),
            Err(excess) => {
                let message = format!("anchors and aliases repeat {excess}");
                self.stop(Problem::error("too-large", message, span))
            }
        }
    }

    fn syntax_error<T>(&mut self, error: &ScanError) -> Result<T, ParseAborted> {
        let place = self.offset(error.marker());
        if let Some(problem) = self.reference_before(place, error.kind()) {
            return self.stop(problem);
        }
        self.is_at_tab = syntax::is_tab(error.kind());
        let place = syntax::place(error.kind(), self.text, place);
        let problem = syntax::explain(error.kind(), self.text, self.character(place));
        self.stop(problem)
    }

    fn stop<T>(&mut self, problem: Problem) -> Result<T, ParseAborted> {
        self.problems.push(problem);
        Err(ParseAborted)
    }
}

fn duplicate(key: &MappingKey<'_>, first: Span) -> Problem {
    Problem::error(
        "duplicate-key",
        format!("the key `{}` is there twice", key.name),
        key.span,
    )
    .label("again here")
    .other(first, "first here")
}

/// Conversion of the parser's marks to positions in the file.
impl Builder<'_> {
    pub(super) fn offset(&self, marker: &Marker) -> usize {
        let offset = marker.byte_offset().unwrap_or_default() + self.bom;
        offset.min(self.text.len())
    }

    pub(super) fn span(&self, start: Marker, end: Marker) -> Span {
        let start = self.offset(&start);
        let end = self.offset(&end).max(start);
        let written = self.text.get(start..end).unwrap_or_default();
        Span {
            source: self.source,
            start,
            end: start + written.trim_end().len(),
        }
    }

    pub(super) fn at(&self, offset: usize) -> Span {
        Span {
            source: self.source,
            start: offset,
            end: offset,
        }
    }

    /// Returns the span of the character at an offset, so that there is something to underline; at the end of
    /// the file it is empty.
    pub(super) fn character(&self, offset: usize) -> Span {
        let rest = self.text.get(offset..).unwrap_or_default();
        let width = rest
            .chars()
            .next()
            .filter(|c| *c != '\n' && *c != '\r')
            .map_or(0, char::len_utf8);
        Span {
            end: offset + width,
            ..self.at(offset)
        }
    }

    /// Returns the span of a whole collection: up to the closing bracket, or the end of its last value.
    pub(super) fn whole(&self, start: Span, closing: Span, last: Option<usize>) -> Span {
        let is_bracket = matches!(self.text.get(start.start..start.start + 1), Some("{" | "["));
        let end = if is_bracket && closing.end > closing.start {
            closing.end
        } else {
            last.unwrap_or(start.end)
        };
        Span {
            end: end.max(start.start),
            ..start
        }
    }
}
