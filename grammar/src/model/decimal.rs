//! Exact decimals: amounts of money are never floating-point numbers.

use std::{cmp::Ordering, fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An exact decimal of at most eighteen digits, kept at the precision it was printed with (`7984.50` stays `7984.50`).
///
/// Equality and order are those of the number, not of its digits: `1.50 == 1.5`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Decimal {
    mantissa: i64,
    scale: u8,
}

/// The text is no decimal, or has more than eighteen digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a decimal of at most 18 digits")]
pub struct NotADecimal;

const MAX_DIGITS: usize = 18;

impl Decimal {
    /// `mantissa` × 10^-`scale`.
    #[must_use]
    pub const fn new(mantissa: i64, scale: u8) -> Self {
        Self { mantissa, scale }
    }

    /// The whole number it stands for, if it has no fraction (`3.00` is 3).
    #[must_use]
    pub fn as_integer(self) -> Option<i64> {
        if self.scale == 0 {
            return Some(self.mantissa);
        }
        let (mantissa, scale) = self.reduced();
        (scale == 0).then_some(mantissa)
    }

    /// The digits behind the point that it was printed with.
    #[must_use]
    pub const fn scale(self) -> u8 {
        self.scale
    }

    /// Whether it is below zero.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.mantissa < 0
    }

    /// The number with its sign turned.
    #[must_use]
    pub const fn negated(self) -> Self {
        Self { mantissa: self.mantissa.wrapping_neg(), scale: self.scale }
    }

    /// Sum, or `None` if it does not fit.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        if self.scale == other.scale {
            return Some(Self { mantissa: self.mantissa.checked_add(other.mantissa)?, scale: self.scale });
        }
        let scale = self.scale.max(other.scale);
        let (a, b) = (self.at_scale(scale)?, other.at_scale(scale)?);
        let sum = i64::try_from(a.checked_add(b)?).ok()?;
        Some(Self { mantissa: sum, scale })
    }

    /// Difference, or `None` if it does not fit.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(Self { mantissa: other.mantissa.checked_neg()?, scale: other.scale })
    }

    /// The number in units of 10^-`scale`, or `None` if it has more digits behind the point, or is too large.
    #[must_use]
    pub fn scaled(self, scale: u8) -> Option<i128> {
        if self.scale == 0 {
            return i128::from(self.mantissa).checked_mul(10i128.checked_pow(u32::from(scale))?);
        }
        let (mantissa, own) = self.reduced();
        Self { mantissa, scale: own }.at_scale(scale)
    }

    /// The number times 10^`power`, or `None` if it does not fit.
    #[must_use]
    pub fn shifted(self, power: u8) -> Option<Self> {
        if power <= self.scale {
            return Some(Self { mantissa: self.mantissa, scale: self.scale - power });
        }
        let mantissa = i64::try_from(Self { mantissa: self.mantissa, scale: 0 }.at_scale(power - self.scale)?).ok()?;
        Some(Self { mantissa, scale: 0 })
    }

    fn at_scale(self, scale: u8) -> Option<i128> {
        let shift = u32::from(scale.checked_sub(self.scale)?);
        i128::from(self.mantissa).checked_mul(10i128.checked_pow(shift)?)
    }

    fn reduced(self) -> (i64, u8) {
        let (mut mantissa, mut scale) = (self.mantissa, self.scale);
        while scale > 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            scale -= 1;
        }
        (mantissa, scale)
    }
}

impl From<i64> for Decimal {
    fn from(value: i64) -> Self {
        Self { mantissa: value, scale: 0 }
    }
}

impl FromStr for Decimal {
    type Err = NotADecimal;

    /// Reads `-12.50`: an optional sign, ASCII digits, an optional fraction.
    fn from_str(text: &str) -> Result<Self, NotADecimal> {
        let (negative, digits) = match text.as_bytes().first() {
            Some(b'-') => (true, text.get(1..).unwrap_or_default()),
            Some(b'+') => (false, text.get(1..).unwrap_or_default()),
            _ => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let count = whole.len() + fraction.len();
        if whole.is_empty() || count > MAX_DIGITS || (digits.contains('.') && fraction.is_empty()) {
            return Err(NotADecimal);
        }
        let mut mantissa: i64 = 0;
        for byte in whole.bytes().chain(fraction.bytes()) {
            if !byte.is_ascii_digit() {
                return Err(NotADecimal);
            }
            mantissa = mantissa * 10 + i64::from(byte - b'0');
        }
        let scale = u8::try_from(fraction.len()).map_err(|_| NotADecimal)?;
        Ok(Self { mantissa: if negative { -mantissa } else { mantissa }, scale })
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.scale == 0 {
            return write!(f, "{}", self.mantissa);
        }
        let power = 10u64.pow(u32::from(self.scale));
        let magnitude = self.mantissa.unsigned_abs();
        let sign = if self.mantissa < 0 { "-" } else { "" };
        write!(f, "{sign}{}.{:0width$}", magnitude / power, magnitude % power, width = usize::from(self.scale))
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        if self.scale == other.scale { self.mantissa == other.mantissa } else { self.reduced() == other.reduced() }
    }
}

impl Eq for Decimal {}

impl std::hash::Hash for Decimal {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.reduced().hash(state);
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.scale == other.scale {
            return self.mantissa.cmp(&other.mantissa);
        }
        let scale = self.scale.max(other.scale);
        self.at_scale(scale).cmp(&other.at_scale(scale))
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What a figure is worth: a whole number of things, or an exact amount.
///
/// In JSON a count is a number and an amount a decimal string, so that no reader turns money into a float.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// A whole number in a column of counts.
    Count(i64),
    /// A value of a column of amounts, or one with a fraction.
    Amount(Decimal),
}

impl Value {
    /// The value as a decimal, whatever its kind.
    #[must_use]
    pub fn decimal(self) -> Decimal {
        match self {
            Self::Count(n) => Decimal::from(n),
            Self::Amount(d) => d,
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.decimal().fmt(f)
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Count(n) => serializer.serialize_i64(*n),
            Self::Amount(d) => serializer.collect_str(d),
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Value;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a whole number or a decimal string")
            }
            fn visit_i64<E: de::Error>(self, n: i64) -> Result<Value, E> {
                Ok(Value::Count(n))
            }
            fn visit_u64<E: de::Error>(self, n: u64) -> Result<Value, E> {
                i64::try_from(n).map(Value::Count).map_err(E::custom)
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Value, E> {
                text.parse().map(Value::Amount).map_err(E::custom)
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn keeps_the_printed_precision_and_compares_by_number() {
        assert_eq!(dec("7984.50").to_string(), "7984.50");
        assert_eq!(dec("7984.50"), dec("7984.5"));
        assert_eq!(dec("-0.05").to_string(), "-0.05");
        assert!(dec("9.9") < dec("10"));
        assert_eq!(dec("3.00").as_integer(), Some(3));
        assert_eq!(dec("3.01").as_integer(), None);
    }

    #[test]
    fn shifts_exactly_or_not_at_all() {
        assert_eq!(dec("454.8").shifted(4), Some(dec("4548000")));
        assert_eq!(dec("1.23456").shifted(4).map(|d| d.to_string()), Some("12345.6".to_owned()));
        assert_eq!(dec("999999999999999999").shifted(2), None);
    }

    #[test]
    fn adds_exactly_or_not_at_all() {
        assert_eq!(dec("0.1").checked_sub(dec("0.35")), Some(dec("-0.25")));
        assert_eq!(dec("0.1").checked_add(dec("0.2")), Some(dec("0.3")));
        assert_eq!(dec("999999999999999999").checked_add(dec("0.00000000000000001")), None);
    }

    #[test]
    fn refuses_what_is_no_decimal() {
        for text in ["", "-", ".5", "5.", "1,2", "1e3", "1234567890123456789"] {
            assert_eq!(text.parse::<Decimal>(), Err(NotADecimal), "{text}");
        }
    }
}
