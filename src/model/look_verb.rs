//! The verbs that change no service.

/// A verb that looks at or into services, and needs no file where the command line names the cluster and the services.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LookVerb {
    /// `status`.
    Status,
    /// `events`.
    Events,
    /// `logs`.
    Logs,
    /// `tasks`.
    Tasks,
    /// `history`.
    History,
    /// `open`.
    Open,
    /// `exec`.
    Exec,
}

impl LookVerb {
    const ALL: [Self; 7] = [
        Self::Status,
        Self::Events,
        Self::Logs,
        Self::Tasks,
        Self::History,
        Self::Open,
        Self::Exec,
    ];

    /// Returns the verb with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verb| verb.name() == name)
    }

    /// Returns the name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Events => "events",
            Self::Logs => "logs",
            Self::Tasks => "tasks",
            Self::History => "history",
            Self::Open => "open",
            Self::Exec => "exec",
        }
    }
}
