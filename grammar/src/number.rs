//! Small numbers in headings and dates, in every script offices use.

/// The value of 十二, 12, １２ or 廿一, up to 99.
#[must_use]
pub fn small_number(text: &str) -> Option<u32> {
    let mut value = 0u32;
    let mut tens = false;
    for c in text.chars() {
        if let Some(digit) = digit_value(c) {
            value = if tens { value + digit } else { value * 10 + digit };
        } else {
            match c {
                '十' => value = value.max(1) * 10,
                '廿' => value = 20,
                _ => return None,
            }
            tens = true;
        }
        if value > 99 {
            return None;
        }
    }
    (value > 0).then_some(value)
}

/// 一 to 九十九, as headings are numbered.
#[must_use]
pub fn chinese_number(value: usize) -> Option<String> {
    let digit = |n: usize| "一二三四五六七八九".chars().nth(n.checked_sub(1)?);
    let (tens, ones) = (value / 10, value % 10);
    (1..100).contains(&value).then(|| {
        let tens_digit = digit(tens).filter(|_| tens > 1);
        tens_digit.into_iter().chain((tens > 0).then_some('十')).chain(digit(ones)).collect()
    })
}

/// The digits of a year in any script: 二○一三, 2013, 二00八, 二O一一.
#[must_use]
pub fn year_number(text: &str) -> Option<i32> {
    let next = |year: i32, c: char| year.checked_mul(10)?.checked_add_unsigned(digit_value(c)?);
    text.chars().try_fold(0, next).filter(|y| (1900..=2099).contains(y))
}

/// The value of one digit: 0-9, ０-９, 一-九, and everything that is typed for a zero.
#[must_use]
pub fn digit_value(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(u32::from(c) - u32::from('0')),
        '０'..='９' => Some(u32::from(c) - u32::from('０')),
        '〇' | '○' | '零' | 'O' | 'o' | 'Ｏ' => Some(0),
        _ => "一二三四五六七八九".chars().position(|han| han == c).and_then(|i| u32::try_from(i + 1).ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_numbers_of_every_script() {
        for (text, value) in [("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("三十一", 31), ("廿", 20), ("廿八", 28), ("１２", 12), ("7", 7)]
        {
            assert_eq!(small_number(text), Some(value), "{text}");
        }
        for value in 1..100 {
            let written = chinese_number(value).unwrap();
            assert_eq!(small_number(&written), u32::try_from(value).ok(), "{written}");
        }
        assert_eq!((chinese_number(0), chinese_number(100)), (None, None));
        assert_eq!(small_number("100"), None);
        assert_eq!(small_number(""), None);
        for text in ["二○一三", "2013", "二〇一三", "二O一三", "２０１３", "二0一三"] {
            assert_eq!(year_number(text), Some(2013), "{text}");
        }
        assert_eq!(year_number("0013"), None);
    }
}
