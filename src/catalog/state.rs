//! How far a translation is, and where it is from.

/// How far a translation is: the values of `state` in XLIFF 2.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    /// There is none.
    Initial,
    /// There is one.
    Translated,
    /// A person approved of it.
    Reviewed,
    /// It is done.
    Final,
}

impl State {
    /// Its name in XLIFF 2.1.
    pub fn name(self) -> &'static str {
        match self {
            Self::Initial => "initial",
            Self::Translated => "translated",
            Self::Reviewed => "reviewed",
            Self::Final => "final",
        }
    }

    /// The state of such a name.
    pub fn of_name(name: &str) -> Option<Self> {
        [Self::Initial, Self::Translated, Self::Reviewed, Self::Final]
            .into_iter()
            .find(|state| state.name() == name)
    }
}

/// What else is known of a state (`subState` in XLIFF 2.1): why a person should look at it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum SubState {
    /// The codes were put into the target by an estimate of the alignment.
    Estimated,
    /// The text between the codes was translated piece by piece.
    Pieces,
    /// There is no translation: it failed, and the source stays.
    Failed,
    /// The source changed after a person had edited or approved the translation.
    Stale,
    /// A target of a person was refused for its codes; it is among the candidates.
    Refused,
    /// Another tool's, with its prefix.
    Other(String),
}

impl SubState {
    const OURS: [(Self, &'static str); 5] = [
        (Self::Estimated, "polypost:estimated"),
        (Self::Pieces, "polypost:pieces"),
        (Self::Failed, "polypost:failed"),
        (Self::Stale, "polypost:stale"),
        (Self::Refused, "polypost:refused"),
    ];

    /// The value of the attribute: prefix, colon, name.
    pub fn name(&self) -> &str {
        let ours = Self::OURS.iter().find(|(state, _)| state == self);
        match (ours, self) {
            (Some((_, name)), _) => name,
            (None, Self::Other(name)) => name,
            (None, _) => "",
        }
    }

    /// The sub-state of such a name.
    pub fn of_name(name: &str) -> Self {
        let ours = Self::OURS.into_iter().find(|(_, own)| *own == name);
        ours.map_or_else(|| Self::Other(name.to_owned()), |(state, _)| state)
    }

    /// Whether words of a person wait beside the target: it stays until a person settles it.
    pub(super) fn is_about_persons(&self) -> bool {
        matches!(self, Self::Stale | Self::Refused)
    }

    /// Whether we ask for a person's look.
    pub fn needs_review(&self) -> bool {
        !matches!(self, Self::Other(_))
    }
}

/// How the codes came into a backend's translation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// The backend brought them back.
    Direct,
    /// It did when it was asked a second time.
    Retried,
    /// They were put into a plain translation by its alignment.
    Projected,
    /// They were put into a plain translation by an estimate of the alignment.
    Estimated,
    /// The text between them was translated piece by piece.
    Pieces,
}

impl Method {
    const NAMES: [(Self, &'static str); 5] = [
        (Self::Direct, "direct"),
        (Self::Retried, "retried"),
        (Self::Projected, "projected"),
        (Self::Estimated, "estimated"),
        (Self::Pieces, "pieces"),
    ];

    pub(super) fn name(self) -> &'static str {
        let named = Self::NAMES.iter().find(|(method, _)| *method == self);
        named.map_or("", |(_, name)| name)
    }

    pub(super) fn of_name(name: &str) -> Option<Self> {
        let named = Self::NAMES.iter().find(|(_, own)| *own == name);
        named.map(|(method, _)| *method)
    }
}

/// Where a target is from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Origin {
    /// A backend translated it.
    Backend {
        /// Its name.
        name: String,
        /// How the codes came into it.
        method: Method,
    },
    /// The memory had it.
    Memory {
        /// How like its source is to this one, of 100.
        score: u8,
    },
    /// A person wrote it.
    Person,
    /// It was taken in from a localized post that existed already.
    Adopted,
    /// The same text stands elsewhere in the run.
    Repetition,
}

impl Origin {
    /// Its name in files: that of the backend, else what it is.
    pub fn name(&self) -> &str {
        match self {
            Self::Backend { name, .. } => name,
            Self::Memory { .. } => "memory",
            Self::Person => "person",
            Self::Adopted => "adopted",
            Self::Repetition => "repetition",
        }
    }
}
