//! A JSON value whose numbers are whole. It parses and prints nothing: the browser does that.

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A whole number; every number of ours is one.
    Number(i64),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Self>),
    /// An object.
    Object(Vec<(String, Self)>),
}

impl Value {
    /// An object of these members.
    #[must_use]
    pub fn object(members: Vec<(&str, Self)>) -> Self {
        let mut object = Self::Object(Vec::with_capacity(members.len()));
        for (name, value) in members {
            object = object.with(name, value);
        }
        object
    }

    /// A string.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// A string, or `null`.
    #[must_use]
    pub fn text_or_null(text: Option<&str>) -> Self {
        text.map_or(Self::Null, Self::text)
    }

    /// This object with one member more; anything else stays what it is.
    #[must_use]
    pub fn with(mut self, name: &str, value: Self) -> Self {
        if let Self::Object(members) = &mut self {
            members.push((name.to_owned(), value));
        }
        self
    }

    /// A member of an object, unless it is `null`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        let Self::Object(members) = self else {
            return None;
        };
        members
            .iter()
            .find(|(member, _)| member == name)
            .map(|(_, value)| value)
            .filter(|value| **value != Self::Null)
    }

    /// A string member.
    #[must_use]
    pub fn text_of(&self, name: &str) -> Option<&str> {
        match self.get(name)? {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A number member, if it fits.
    #[must_use]
    pub fn number_of<N: TryFrom<i64>>(&self, name: &str) -> Option<N> {
        match self.get(name)? {
            Self::Number(number) => N::try_from(*number).ok(),
            _ => None,
        }
    }

    /// A boolean member.
    #[must_use]
    pub fn bool_of(&self, name: &str) -> Option<bool> {
        match self.get(name)? {
            Self::Bool(is) => Some(*is),
            _ => None,
        }
    }
}
