//! The style sheet and the boot script, inside the binary under names that carry their hash.

/// The whole style sheet, minified.
pub const CSS: &str = include_str!(concat!(env!("OUT_DIR"), "/huiyin.css"));

/// The script that hydrates islands, where a page has any.
pub const BOOT_JS: &str = include_str!(concat!(env!("OUT_DIR"), "/boot.js"));

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// Address of the style sheet. It changes with the bytes, so it may be cached for ever.
pub const fn css_path() -> &'static str {
    CSS_PATH
}

/// Address of the boot script. It changes with the bytes, so it may be cached for ever.
pub const fn boot_path() -> &'static str {
    BOOT_PATH
}

/// Answer of `/speculation.json` (named by the `Speculation-Rules` header): prefetch plain links
/// when a finger or pointer rests on them. Nothing that needs a session is prefetched.
pub const SPECULATION_RULES: &str = r#"{"prefetch":[{"where":{"and":[{"href_matches":"/*"},{"not":{"href_matches":"/track*"}},{"not":{"href_matches":"/whistle*"}},{"not":{"href_matches":"/me*"}},{"not":{"href_matches":"/desk*"}},{"not":{"href_matches":"/contract*"}},{"not":{"href_matches":"/sign-*"}},{"not":{"href_matches":"/*\\?*lang=*"}},{"not":{"href_matches":"/*\\?*size=*"}}]},"eagerness":"moderate"}]}"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sheet_fits_its_budget_and_names_itself() {
        let mut packed = Vec::new();
        let mut writer = brotli::CompressorWriter::new(&mut packed, 4096, 9, 22);
        std::io::Write::write_all(&mut writer, CSS.as_bytes()).unwrap();
        drop(writer);
        assert!(packed.len() <= 12_000, "{} bytes of brotli", packed.len());
        assert!(css_path().starts_with("/pkg/huiyin.") && css_path().ends_with(".css"));
        assert!(!CSS.contains("/*") && !CSS.contains("\n\n"));
    }

    #[test]
    fn the_sheet_loads_nothing_from_elsewhere() {
        for word in ["http:", "https:", "@import", "//"] {
            assert!(!CSS.contains(word), "{word}");
        }
    }

    #[test]
    fn speculation_rules_are_json() {
        let rules: serde_json::Value = serde_json::from_str(SPECULATION_RULES).unwrap();
        assert!(rules["prefetch"].is_array());
    }
}
