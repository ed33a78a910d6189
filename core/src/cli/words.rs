//! Words for the user.

/// Whether the user reads Chinese: by `LC_ALL`, `LC_MESSAGES` or `LANG`, the first that is set.
pub fn chinese() -> bool {
    ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty())).is_some_and(|v| v.starts_with("zh"))
}

/// What the system says of a file, in both languages.
pub fn system(error: &std::io::Error) -> (String, String) {
    let zh = match error.kind() {
        std::io::ErrorKind::NotFound => "没有这个文件".to_owned(),
        std::io::ErrorKind::PermissionDenied => "没有读取权限".to_owned(),
        std::io::ErrorKind::IsADirectory => "这是文件夹".to_owned(),
        _ => format!("无法读取（{error}）"),
    };
    (zh, error.to_string())
}

pub fn complain(zh: &str, en: &str) {
    eprintln!("gongkai: {}", if chinese() { zh } else { en });
}
