//! The words that control which parts of a template are printed.

/// A word of control (pkg.go.dev/text/template, "Actions").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ControlWord {
    /// `if`, `with`, `range`: what follows is printed, or not, or repeatedly.
    Begin,
    /// `define`: what follows is printed elsewhere.
    Define,
    /// `block`: what follows is printed here, and may be printed elsewhere.
    Block,
    Else,
    End,
    /// `break` and `continue`.
    Leave,
}

impl ControlWord {
    pub fn of(word: &str) -> Option<Self> {
        Some(match word {
            "if" | "with" | "range" => Self::Begin,
            "define" => Self::Define,
            "block" => Self::Block,
            "else" => Self::Else,
            "end" => Self::End,
            "break" | "continue" => Self::Leave,
            _ => return None,
        })
    }

    /// Whether an `end` belongs to it.
    pub fn opens(self) -> bool {
        matches!(self, Self::Begin | Self::Define | Self::Block)
    }
}
