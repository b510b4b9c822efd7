//! Every sentence a person reads, by key and language.
//!
//! The functions of [`t`] are generated from `texts/<language>/*.ftl` (Project Fluent): one per
//! message, its arguments in alphabetical order. A message that chooses by number takes a `u64`
//! and prints it in groups of three; every other argument prints as it is.

pub use domain::lang::Lang;

/// One function for each message.
pub mod t {
    #![expect(
        missing_docs,
        reason = "each function's documentation is the text itself"
    )]

    use std::fmt::Write as _;

    use super::Lang;
    use crate::format::grouped;

    include!(concat!(env!("OUT_DIR"), "/texts.rs"));
}

/// The three languages, each in its own words, as a chooser shows them.
pub const fn own_name(lang: Lang) -> &'static str {
    match lang {
        Lang::ZhHans => "简体",
        Lang::ZhHant => "繁體",
        Lang::En => "English",
    }
}

#[cfg(test)]
mod tests {
    use std::{
        collections::BTreeSet,
        fs,
        path::{Path, PathBuf},
    };

    fn files(folder: &str, ending: &str) -> Vec<(PathBuf, String)> {
        let mut found = Vec::new();
        let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
        while let Some(path) = open.pop() {
            if path.is_dir() {
                open.extend(
                    fs::read_dir(&path)
                        .unwrap()
                        .map(|entry| entry.unwrap().path()),
                );
            } else if path.extension().is_some_and(|e| e == ending) {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
        found.sort();
        assert!(!found.is_empty(), "{folder}");
        found
    }

    fn messages(lang: &str) -> Vec<(String, String)> {
        let mut all: Vec<(String, String)> = Vec::new();
        for (_, text) in files(&format!("texts/{lang}"), "ftl") {
            for line in text.lines().filter(|line| !line.starts_with('#')) {
                if line.starts_with(' ') {
                    let (_, last) = all.last_mut().unwrap();
                    last.push_str(line);
                } else if let Some((key, value)) = line.split_once('=') {
                    all.push((key.trim().to_owned(), value.trim().to_owned()));
                }
            }
        }
        all
    }

    /// Characters that exist only in simplified writing, and the wrong twins of this house's list.
    const SIMPLIFIED: &str = "这们个来时说为应对开关发现问题经过还没对写进门间样见让听谁请谢过边远运送达连阴阳队际陆随难页须顾领题颜风飞饭馆马驾验鸡鸣麦黄齐龄龙无报护担拟换据损摇操携术机杂权条来极构枪标栏树样档检楼榄汉汤沟没泽洁浅测济浓涂润温满滚热爱爷牵状独环电画畅疗盐监盖盘着确码碍离种积称稳穷窃竞笔筑签简类粮紧红约级纪纯纲纳纵纷纸纹线练组细织终绍经结给络绝统继续维综绿缓编缘缩网罗罚职联肃胜脑脚脱腾舱节药获营蓝虑虚虽蚀补袭见观规视览觉计订认讨让训议讯记讲许论设访证评识诉词试诗话该详误说读课调谈谋谓谢负财责败账货质购贴贵贷费资赏赔赖赶践轮软轻载较辆输边达迁过迈运近还这进远违连迟适选递逻遗邮邻郑酱释里钟钢钱铁铺银链锁错镇长门闭问闲间闻闽队阳阶际陈险隐难雾静页顶项顺预频题额风饮馈驶验骤";

    #[test]
    fn traditional_texts_hold_no_simplified_characters() {
        // 里 and 着 also live in traditional writing, but this house writes 裡 and 著.
        let wrong: BTreeSet<char> = SIMPLIFIED
            .chars()
            .filter(|c| !"近温泽里".contains(*c))
            .collect();
        for (key, text) in messages("zh-Hant") {
            if let Some(c) = text.chars().find(|c| wrong.contains(c)) {
                // The chooser names the other languages in their own words.
                assert!(key.starts_with("language-"), "{key}: {c} in {text}");
            }
        }
    }

    #[test]
    fn one_to_many_characters_are_the_ones_this_house_decided() {
        let wrong = [
            "裏",
            "爲",
            "衆",
            "台風",
            "回復您",
            "以后",
            "然后",
            "之后",
            "后面",
            "最后",
            "干部",
            "復制",
            "制作",
            "面條",
            "資料庫表",
            "网",
            "程序員",
            "信息",
            "質量",
            "視頻",
            "默認",
            "社區里",
            "這里",
            "那里",
            "哪里",
            "里面",
            "夜里",
            "家里",
            "范圍",
            "松開",
            "只件",
        ];
        for (key, text) in messages("zh-Hant") {
            for word in wrong {
                assert!(!text.contains(word), "{key}: {word} in {text}");
            }
        }
    }

    #[test]
    fn please_is_for_favours_and_sorry_for_our_own_failures() {
        for lang in ["zh-Hans", "zh-Hant"] {
            for (key, text) in messages(lang) {
                let please = ["请", "請"].iter().any(|word| {
                    text.match_indices(word).any(|(at, _)| {
                        // 申请 (apply), 请到… (call in) and 请求 are other words.
                        let before = text[..at].chars().next_back();
                        let after = text[at + word.len()..].chars().next();
                        before != Some('申') && !matches!(after, Some('求' | '来' | '來' | '部'))
                    })
                });
                if please {
                    let plain = !["error-", "label-", "action-", "nav-", "button-"]
                        .iter()
                        .any(|kind| key.contains(kind));
                    assert!(plain, "{lang} {key}: {text}");
                }
                if text.contains("抱歉") {
                    assert!(key.starts_with("oops-"), "{lang} {key}: {text}");
                }
            }
        }
    }

    #[test]
    fn chinese_texts_use_full_width_marks() {
        for lang in ["zh-Hans", "zh-Hant"] {
            for (key, text) in messages(lang) {
                let chars: Vec<char> = text.chars().collect();
                for pair in chars.windows(2) {
                    let han = ('\u{4e00}'..='\u{9fff}').contains(&pair[0]);
                    assert!(
                        !(han && matches!(pair[1], ',' | ';' | ':' | '?' | '!' | '(' | ')')),
                        "{lang} {key}: {}{} in {text}",
                        pair[0],
                        pair[1]
                    );
                }
            }
        }
    }

    #[test]
    fn every_text_is_used() {
        let sources: String = files("src", "rs")
            .into_iter()
            .map(|(_, text)| text)
            .collect();
        let unused: Vec<String> = messages("zh-Hans")
            .into_iter()
            .map(|(key, _)| key.replace('-', "_"))
            .filter(|name| !name.starts_with('_') && !sources.contains(&format!("t::{name}")))
            .collect();
        assert!(unused.is_empty(), "{unused:?}");
    }
}
