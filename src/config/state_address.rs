//! The address of a value in Terraform's state: `NAME` or `output.NAME` of an output, `TYPE.NAME.ATTRIBUTE` of a
//! resource, as `terraform state` writes addresses, with `module.NAME` and `data` before it.

use serde_json::Value;

/// What stands behind `tfstate:`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StateAddress {
    pub target: StateTarget,
    /// The steps from the output or the resource to the value.
    pub path: Vec<StateStep>,
}

/// An output or a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum StateTarget {
    /// An output of the root module. The state has no others.
    Output(String),
    Resource(ResourceAddress),
}

/// A resource, or an instance of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ResourceAddress {
    /// `module.network`, with its index; empty for the root module.
    pub module: String,
    /// Whether it is a data source.
    pub is_data: bool,
    /// The type: `aws_lb_target_group`.
    pub kind: String,
    pub name: String,
    /// The instance: a number of `count`, or a key of `for_each`.
    pub index: Option<StateStep>,
}

impl ResourceAddress {
    /// Returns the address as Terraform writes it.
    pub fn text(&self) -> String {
        let module = match self.module.as_str() {
            "" => String::new(),
            module => format!("{module}."),
        };
        let data = if self.is_data { "data." } else { "" };
        let index = self
            .index
            .as_ref()
            .map(StateStep::in_brackets)
            .unwrap_or_default();
        format!("{module}{data}{}.{}{index}", self.kind, self.name)
    }
}

/// One step into a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum StateStep {
    /// A member, behind a dot: a number may also be an element's, as in Terraform's former syntax.
    Member(String),
    /// `["key"]`.
    Key(String),
    /// `[0]`.
    Element(usize),
}

impl StateStep {
    /// Returns it as part of a path: `.arn`, `[0]`.
    pub fn text(&self) -> String {
        match self {
            Self::Member(name) => format!(".{name}"),
            _ => self.in_brackets(),
        }
    }

    /// Returns it as an index: `["key"]`, `[0]`.
    pub fn in_brackets(&self) -> String {
        match self {
            Self::Member(name) | Self::Key(name) => format!("[{}]", Value::from(name.as_str())),
            Self::Element(number) => format!("[{number}]"),
        }
    }

    /// Returns the name or number alone.
    pub fn plain(&self) -> String {
        match self {
            Self::Member(name) | Self::Key(name) => name.clone(),
            Self::Element(number) => number.to_string(),
        }
    }
}

impl StateAddress {
    /// Parses an address, or returns what to write.
    pub fn parse(text: &str) -> Result<Self, String> {
        let steps =
            steps(text).ok_or_else(|| "write NAME of an output, or TYPE.NAME.ATTRIBUTE".to_owned())?;
        let mut rest = AddressSteps(&steps);
        let is_index = |step: &StateStep| !matches!(step, StateStep::Member(_));
        match steps.as_slice() {
            [StateStep::Member(output), StateStep::Member(name), path @ ..] if output == "output" => {
                return Ok(Self::of_output(name, path));
            }
            [StateStep::Member(name), path @ ..] if path.iter().all(is_index) => {
                return Ok(Self::of_output(name, path));
            }
            _ => {}
        }
        let mut module = String::new();
        while rest.takes("module") {
            let name = rest.member().ok_or("write module.NAME.TYPE.NAME.ATTRIBUTE")?;
            let index = rest.index().map(|index| index.in_brackets()).unwrap_or_default();
            let dot = if module.is_empty() { "" } else { "." };
            module += &format!("{dot}module.{name}{index}");
        }
        let is_data = rest.takes("data");
        let kind = rest.member();
        let name = rest.member();
        let (Some(kind), Some(name)) = (kind, name) else {
            return Err(match module.as_str() {
                "" => "write TYPE.NAME.ATTRIBUTE".to_owned(),
                _ => "the state has no outputs of modules: make it an output of the root module".to_owned(),
            });
        };
        let resource = ResourceAddress {
            module,
            is_data,
            kind,
            name,
            index: rest.index(),
        };
        match rest.0 {
            [] => Err(format!("write {}.ATTRIBUTE", resource.text())),
            path => Ok(Self {
                target: StateTarget::Resource(resource),
                path: path.to_vec(),
            }),
        }
    }

    fn of_output(name: &str, path: &[StateStep]) -> Self {
        Self {
            target: StateTarget::Output(name.to_owned()),
            path: path.to_vec(),
        }
    }
}

/// The steps of an address that are not read yet.
struct AddressSteps<'a>(&'a [StateStep]);

impl AddressSteps<'_> {
    /// Goes past this word, if it comes next.
    fn takes(&mut self, word: &str) -> bool {
        let is_next = matches!(self.0.first(), Some(StateStep::Member(name)) if name == word);
        if is_next {
            self.0 = &self.0[1..];
        }
        is_next
    }

    fn member(&mut self) -> Option<String> {
        let Some((StateStep::Member(name), rest)) = self.0.split_first() else {
            return None;
        };
        self.0 = rest;
        Some(name.clone())
    }

    fn index(&mut self) -> Option<StateStep> {
        let (index, rest) = self.0.split_first()?;
        if matches!(index, StateStep::Member(_)) {
            return None;
        }
        self.0 = rest;
        Some(index.clone())
    }
}

/// Splits an address; None if it is none. The first step is a member.
fn steps(text: &str) -> Option<Vec<StateStep>> {
    let mut steps = Vec::new();
    let mut rest = text;
    loop {
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        if end == 0 || rest[..end].contains(']') {
            return None;
        }
        steps.push(StateStep::Member(rest[..end].to_owned()));
        rest = &rest[end..];
        while let Some(inner) = rest.strip_prefix('[') {
            let (index, after) = index(inner)?;
            steps.push(index);
            rest = after;
        }
        match rest.strip_prefix('.') {
            Some(next) => rest = next,
            None => return rest.is_empty().then_some(steps),
        }
    }
}

/// Reads an index behind its bracket, and returns it and what follows it.
fn index(text: &str) -> Option<(StateStep, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let (number, rest) = text.split_once(']')?;
        return Some((StateStep::Element(number.parse().ok()?), rest));
    };
    let mut is_escaped = false;
    let end = quoted.find(|c| {
        let is_end = c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        is_end
    })?;
    let key: String = serde_json::from_str(&text[..end + 2]).ok()?;
    Some((StateStep::Key(key), quoted[end + 1..].strip_prefix(']')?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Returns the address as Terraform writes it.
    fn read(text: &str) -> String {
        match StateAddress::parse(text) {
            Ok(StateAddress { target, path }) => {
                let target = match target {
                    StateTarget::Output(name) => format!("output {name}"),
                    StateTarget::Resource(resource) => format!("resource {}", resource.text()),
                };
                let path: String = path.iter().map(StateStep::text).collect();
                format!("{target} {path}").trim_end().to_owned()
            }
            Err(label) => label,
        }
    }

    #[test]
    fn addresses_are_those_of_terraform() {
        for (text, expected) in [
            ("vpc_id", "output vpc_id"),
            ("subnets[0]", "output subnets [0]"),
            ("output.vpc.id", "output vpc .id"),
            ("aws_lb.web.arn", "resource aws_lb.web .arn"),
            ("aws_lb.web[0].arn", "resource aws_lb.web[0] .arn"),
            (
                r#"aws_lb.web["a.b]\"c"].x"#,
                r#"resource aws_lb.web["a.b]\"c"] .x"#,
            ),
            ("data.aws_vpc.main.id", "resource data.aws_vpc.main .id"),
            (
                "module.a[1].module.b.aws_lb.web.x[0].y",
                "resource module.a[1].module.b.aws_lb.web .x[0].y",
            ),
            ("aws_lb.web", "write aws_lb.web.ATTRIBUTE"),
            (
                "module.net.vpc_id",
                "the state has no outputs of modules: make it an output of the root module",
            ),
            ("data.aws_vpc", "write TYPE.NAME.ATTRIBUTE"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
        for text in [
            ".a", "a.", "a..b", "a[", "a[]", "a[x].b", "a[\"x].b", "a]b", "a[0]b", "[0]",
        ] {
            assert_eq!(
                read(text),
                "write NAME of an output, or TYPE.NAME.ATTRIBUTE",
                "{text}"
            );
        }
    }

    proptest! {
        #[test]
        fn no_address_panics(text in "[a.\\[\\]\"\\\\0ü]{0,20}") {
            let _ = StateAddress::parse(&text);
        }
    }
}
