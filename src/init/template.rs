//! Texts with another tool's variables, and how deploy.yaml spells them.

/// A text with variables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Template {
    /// Its pieces, in order; two literals never follow each other.
    pub pieces: Vec<TemplatePiece>,
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TemplatePiece {
    /// Text that means itself.
    Literal(String),
    /// A variable.
    Variable(TemplateVariable),
}

/// A variable in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TemplateVariable {
    /// How deploy.yaml refers to it: `env.NAME`.
    pub reference: String,
    /// What takes its place while it is unset or empty.
    pub fallback: TemplateFallback,
}

/// What takes the place of an unset variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TemplateFallback {
    /// Nothing: the variable must be set.
    None,
    /// Another text.
    Default(Template),
    /// An error with this message.
    Required(String),
}

impl Template {
    /// Creates a text without variables.
    pub fn literal(text: impl Into<String>) -> Self {
        let mut template = Self::default();
        template.push_literal(&text.into());
        template
    }

    /// Adds text that means itself.
    pub fn push_literal(&mut self, text: &str) {
        match self.pieces.last_mut() {
            _ if text.is_empty() => {}
            Some(TemplatePiece::Literal(last)) => last.push_str(text),
            _ => self.pieces.push(TemplatePiece::Literal(text.to_owned())),
        }
    }

    /// Adds the pieces of another text.
    pub fn append(&mut self, other: Template) {
        for piece in other.pieces {
            match piece {
                TemplatePiece::Literal(text) => self.push_literal(&text),
                variable => self.pieces.push(variable),
            }
        }
    }

    /// Returns the text with the default of each variable, or the first variable without one.
    pub fn known(&self) -> Result<String, String> {
        let mut known = String::new();
        for piece in &self.pieces {
            match piece {
                TemplatePiece::Literal(text) => known.push_str(text),
                TemplatePiece::Variable(variable) => match &variable.fallback {
                    TemplateFallback::Default(default) => known.push_str(&default.known()?),
                    TemplateFallback::None | TemplateFallback::Required(_) => {
                        return Err(variable.name().to_owned());
                    }
                },
            }
        }
        Ok(known)
    }

    /// Returns the text as deploy.yaml spells it. One that deploy.yaml can't spell has its defaults in the place of
    /// its variables; None if one has no default.
    pub fn draft(&self) -> Option<String> {
        let spelled = self.spelled();
        spelled.or_else(|| self.known().ok().map(|known| escaped(&known)))
    }

    /// Returns the text in deploy.yaml's spelling; None if there is none.
    fn spelled(&self) -> Option<String> {
        let mut spelled = String::new();
        for piece in &self.pieces {
            match piece {
                TemplatePiece::Literal(text) => spelled.push_str(&escaped(text)),
                // `$${` is a literal `${`.
                TemplatePiece::Variable(_) if spelled.ends_with('$') => return None,
                TemplatePiece::Variable(variable) => spelled.push_str(&variable.spelled()?),
            }
        }
        Some(spelled)
    }

    /// Returns the names of the variables that must be set.
    pub fn unset(&self) -> Vec<&str> {
        let mut unset = Vec::new();
        for piece in &self.pieces {
            let TemplatePiece::Variable(variable) = piece else {
                continue;
            };
            match &variable.fallback {
                TemplateFallback::Default(default) => unset.extend(default.unset()),
                TemplateFallback::None | TemplateFallback::Required(_) => unset.push(variable.name()),
            }
        }
        unset
    }
}

impl TemplateVariable {
    /// Returns its name without the source.
    fn name(&self) -> &str {
        self.reference
            .split_once('.')
            .map_or(&self.reference, |(_, name)| name)
    }

    fn spelled(&self) -> Option<String> {
        let reference = &self.reference;
        match &self.fallback {
            TemplateFallback::None => Some(format!("${{{reference}}}")),
            TemplateFallback::Default(default) => {
                let default = default.spelled().filter(|default| has_pairs(default))?;
                Some(format!("${{{reference}:-{default}}}"))
            }
            TemplateFallback::Required(message) => {
                let message = message.replace(['{', '}'], "");
                Some(format!("${{{reference}:?{message}}}"))
            }
        }
    }
}

/// Returns a literal text as deploy.yaml spells it.
fn escaped(text: &str) -> String {
    text.replace("${", "$${")
}

/// Whether each brace has its other one, as deploy.yaml needs inside of a reference.
fn has_pairs(text: &str) -> bool {
    let mut open = 0_usize;
    for byte in text.bytes() {
        match (byte, open) {
            (b'{', _) => open += 1,
            (b'}', 0) => return false,
            (b'}', _) => open -= 1,
            _ => {}
        }
    }
    open == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variable(fallback: TemplateFallback) -> TemplatePiece {
        TemplatePiece::Variable(TemplateVariable {
            reference: "env.A".to_owned(),
            fallback,
        })
    }

    fn template(pieces: Vec<TemplatePiece>) -> Template {
        Template { pieces }
    }

    #[test]
    fn texts_are_spelled_as_deploy_yaml_spells_them() {
        let default = |text: &str| TemplateFallback::Default(Template::literal(text));
        for (piece, expected) in [
            (TemplatePiece::Literal("${A} $B".to_owned()), Some("$${A} $B")),
            (variable(TemplateFallback::None), Some("${env.A}")),
            (variable(default("{}")), Some("${env.A:-{}}")),
            (variable(default("}")), Some("}")),
            (variable(default("")), Some("${env.A:-}")),
            (
                variable(TemplateFallback::Required("set {A}".to_owned())),
                Some("${env.A:?set A}"),
            ),
        ] {
            assert_eq!(template(vec![piece]).draft().as_deref(), expected);
        }
        let dollar = || TemplatePiece::Literal("$".to_owned());
        let after_dollar = |fallback| template(vec![dollar(), variable(fallback)]).draft();
        assert_eq!(after_dollar(TemplateFallback::None), None);
        assert_eq!(after_dollar(default("b")).as_deref(), Some("$b"));
    }
}
