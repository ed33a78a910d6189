//! What kind of slip makes one number of another.

use gongkai_grammar::model::{RepairKind, Value};

/// How `printed` may have come of `meant`: two digits changed places, one digit is another, too many or lost, or none of it.
pub fn slip(printed: Option<Value>, meant: Option<Value>) -> RepairKind {
    let (Some(printed), Some(meant)) = (printed, meant) else { return RepairKind::Value };
    let (printed, meant) = (printed.to_string(), meant.to_string());
    let (a, b) = (printed.as_bytes(), meant.as_bytes());
    if a.len() == b.len() {
        let different: Vec<(u8, u8)> = a.iter().zip(b).filter(|(x, y)| x != y).map(|(x, y)| (*x, *y)).collect();
        match different.as_slice() {
            [_] => RepairKind::Digit,
            [(w, x), (y, z)] if w == z && x == y => RepairKind::Transposed,
            _ => RepairKind::Value,
        }
    } else if lacks_one(a, b) || lacks_one(b, a) {
        RepairKind::Digit
    } else {
        RepairKind::Value
    }
}

/// Whether `short` is `long` without one of its characters.
fn lacks_one(short: &[u8], long: &[u8]) -> bool {
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    short.len() + 1 == long.len() && short.get(same..) == long.get(same + 1..)
}

/// Every number made by letting two neighbouring digits of a whole number change places; none begins with a zero.
pub fn transpositions(value: i64) -> Vec<i64> {
    let digits = value.to_string().into_bytes();
    let mut all = Vec::new();
    for at in 1..digits.len() {
        let mut swapped = digits.clone();
        swapped.swap(at - 1, at);
        if swapped != digits
            && swapped.first() != Some(&b'0')
            && let Some(number) = std::str::from_utf8(&swapped).ok().and_then(|d| d.parse().ok())
        {
            all.push(number);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_told_by_the_digits() {
        let slip = |printed: i64, meant: i64| slip(Some(Value::Count(printed)), Some(Value::Count(meant)));
        assert_eq!([slip(21, 12), slip(4321, 1324), slip(1285, 1283)], [RepairKind::Transposed, RepairKind::Transposed, RepairKind::Digit]);
        assert_eq!([slip(128, 1285), slip(1285, 185), slip(7, 70)], [RepairKind::Digit; 3]);
        assert_eq!([slip(12, 34), slip(123, 1), slip(100, 99)], [RepairKind::Value; 3]);
        assert_eq!(super::slip(None, Some(Value::Count(3))), RepairKind::Value);
    }

    #[test]
    fn transpositions_begin_with_no_zero() {
        assert_eq!(transpositions(1204), [2104, 1024, 1240]);
        assert_eq!(transpositions(10), Vec::<i64>::new());
        assert_eq!(transpositions(77), Vec::<i64>::new());
    }
}
