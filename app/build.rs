//! Turns the message files and the style sheets into Rust.
//!
//! Every message of `texts/<language>/*.ftl` becomes one function of `texts::t`, so a key that is
//! missing, or a message whose arguments differ between languages, stops the build and names the
//! file. Every sheet of `../style` becomes one minified sheet whose name carries its own hash.
//!
//! Only what the texts need of Fluent is understood: text, `{ $argument }`, `{ -term }` and a
//! select over a number with `[one]`, `[0]`-like and `*[other]` variants. Anything else is an error.

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use fluent_syntax::{ast, parser};

/// Folder name and the variant of `domain::lang::Lang` that reads it. The first is the source.
const LANGUAGES: [(&str, &str); 3] = [("zh-Hans", "ZhHans"), ("zh-Hant", "ZhHant"), ("en", "En")];

/// The order is the cascade's order.
const SHEETS: [&str; 6] = [
    "tokens.css",
    "base.css",
    "parts.css",
    "pages.css",
    "desk.css",
    "islands.css",
];

#[expect(
    clippy::disallowed_methods,
    reason = "a build script gets its folders from the environment"
)]
fn main() {
    let here = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    let result = texts(&here).and_then(|texts| {
        write(&out.join("texts.rs"), &texts)?;
        assets(&here, &out)
    });
    if let Err(message) = result {
        println!("cargo::error={message}");
        std::process::exit(1);
    }
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

fn read(path: &Path) -> Result<String, String> {
    println!("cargo::rerun-if-changed={}", path.display());
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

// ---------------------------------------------------------------------------------- messages

/// A piece of a message after terms have been put in.
#[derive(Clone, Debug)]
enum Piece {
    Text(String),
    Argument(String),
    Choice {
        number: String,
        arms: Vec<(Arm, Vec<Piece>)>,
    },
}

#[derive(Clone, Debug, PartialEq)]
enum Arm {
    One,
    Exactly(u64),
    Other,
}

#[derive(Debug)]
struct Message {
    file: String,
    pieces: Vec<Piece>,
}

type Messages = BTreeMap<String, Message>;

fn texts(here: &Path) -> Result<String, String> {
    let mut all = Vec::new();
    for (folder, variant) in LANGUAGES {
        all.push((
            folder,
            variant,
            language(&here.join("texts").join(folder), folder)?,
        ));
    }
    let (source_name, _, source) = &all[0];
    for (name, _, other) in &all[1..] {
        if let Some((key, message)) = source.iter().find(|(key, _)| !other.contains_key(*key)) {
            return Err(format!("{key} ({}) is missing in {name}", message.file));
        }
        if let Some((key, message)) = other.iter().find(|(key, _)| !source.contains_key(*key)) {
            return Err(format!("{key} ({}) is not in {source_name}", message.file));
        }
    }
    let mut rust = String::new();
    for (key, first) in source {
        let arguments = arguments(&first.pieces);
        for (name, _, other) in &all[1..] {
            let theirs = self::arguments(&other[key].pieces);
            if theirs != arguments {
                return Err(format!(
                    "{key}: arguments {theirs:?} in {} of {name}, but {arguments:?} in {source_name}",
                    other[key].file
                ));
            }
        }
        let numbers: BTreeSet<String> = all
            .iter()
            .flat_map(|(_, _, messages)| numbers(&messages[key].pieces))
            .collect();
        function(&mut rust, key, &arguments, &numbers, &all);
    }
    Ok(rust)
}

fn language(folder: &Path, name: &str) -> Result<Messages, String> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ext| ext == "ftl"))
        .collect();
    files.sort();
    let mut parsed = Vec::new();
    let mut terms = BTreeMap::new();
    for file in &files {
        let text = read(file)?;
        let resource = parser::parse(text).map_err(|(_, errors)| {
            format!(
                "{}: {}",
                file.display(),
                errors.first().map_or(String::new(), |e| format!("{e}"))
            )
        })?;
        for entry in &resource.body {
            if let ast::Entry::Term(term) = entry {
                let value = plain(&term.value).ok_or_else(|| {
                    format!("{}: -{} is not plain text", file.display(), term.id.name)
                })?;
                terms.insert(term.id.name.clone(), value);
            }
        }
        parsed.push((file, resource));
    }
    let mut messages = Messages::new();
    for (file, resource) in parsed {
        let short = format!(
            "texts/{name}/{}",
            file.file_name()
                .map_or_else(String::new, |f| f.to_string_lossy().into_owned())
        );
        for entry in resource.body {
            let ast::Entry::Message(message) = entry else {
                continue;
            };
            let key = message.id.name;
            let value = message
                .value
                .ok_or_else(|| format!("{short}: {key} has no text"))?;
            let pieces = pieces(&value, &terms, name != "en")
                .map_err(|why| format!("{short}: {key}: {why}"))?;
            let known = Message {
                file: short.clone(),
                pieces,
            };
            if messages.insert(key.clone(), known).is_some() {
                return Err(format!("{short}: {key} stands twice"));
            }
        }
    }
    Ok(messages)
}

fn plain(pattern: &ast::Pattern<String>) -> Option<String> {
    pattern
        .elements
        .iter()
        .map(|element| match element {
            ast::PatternElement::TextElement { value } => Some(value.as_str()),
            ast::PatternElement::Placeable { .. } => None,
        })
        .collect()
}

fn pieces(
    pattern: &ast::Pattern<String>,
    terms: &BTreeMap<String, String>,
    han: bool,
) -> Result<Vec<Piece>, String> {
    use ast::{Expression, InlineExpression as Inline, PatternElement};
    let mut pieces: Vec<Piece> = Vec::new();
    let push_text = |pieces: &mut Vec<Piece>, text: &str| {
        // A line break in a message file is only the author's line length.
        let text = text.replace('\n', if han { "" } else { " " });
        if let Some(Piece::Text(last)) = pieces.last_mut() {
            last.push_str(&text);
        } else {
            pieces.push(Piece::Text(text));
        }
    };
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => push_text(&mut pieces, value),
            PatternElement::Placeable { expression } => match expression {
                Expression::Inline(Inline::VariableReference { id }) => {
                    pieces.push(Piece::Argument(id.name.clone()));
                }
                Expression::Inline(Inline::StringLiteral { value }) => {
                    push_text(&mut pieces, value);
                }
                Expression::Inline(Inline::TermReference {
                    id,
                    attribute: None,
                    arguments: None,
                }) => {
                    let value = terms
                        .get(&id.name)
                        .ok_or_else(|| format!("no term -{}", id.name))?;
                    push_text(&mut pieces, value);
                }
                Expression::Select {
                    selector: Inline::VariableReference { id },
                    variants,
                } => {
                    let mut arms = Vec::new();
                    for variant in variants {
                        let arm = match &variant.key {
                            ast::VariantKey::Identifier { name } if name == "one" && !han => {
                                Arm::One
                            }
                            ast::VariantKey::Identifier { name }
                                if name == "other" && variant.default =>
                            {
                                Arm::Other
                            }
                            ast::VariantKey::NumberLiteral { value } => {
                                Arm::Exactly(value.parse().map_err(|_| format!("[{value}]"))?)
                            }
                            ast::VariantKey::Identifier { name } => {
                                return Err(format!("[{name}] is not a variant here"));
                            }
                        };
                        arms.push((arm, self::pieces(&variant.value, terms, han)?));
                    }
                    pieces.push(Piece::Choice {
                        number: id.name.clone(),
                        arms,
                    });
                }
                other => return Err(format!("{other:?} is not supported")),
            },
        }
    }
    Ok(pieces)
}

fn arguments(pieces: &[Piece]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for piece in pieces {
        match piece {
            Piece::Text(_) => {}
            Piece::Argument(name) => {
                names.insert(name.clone());
            }
            Piece::Choice { number, arms } => {
                names.insert(number.clone());
                names.extend(arms.iter().flat_map(|(_, pieces)| arguments(pieces)));
            }
        }
    }
    names
}

fn numbers(pieces: &[Piece]) -> BTreeSet<String> {
    pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Choice { number, .. } => Some(number.clone()),
            _ => None,
        })
        .collect()
}

fn identifier(key: &str) -> String {
    key.replace('-', "_")
}

fn function(
    rust: &mut String,
    key: &str,
    arguments: &BTreeSet<String>,
    numbers: &BTreeSet<String>,
    all: &[(&str, &str, Messages)],
) {
    let name = identifier(key);
    let shown: String = show(&all[0].2[key].pieces).replace('`', "'");
    let parameters: String = arguments.iter().fold(String::new(), |mut text, argument| {
        let kind = if numbers.contains(argument) {
            "u64"
        } else {
            "impl std::fmt::Display"
        };
        let _ = write!(text, ", {}: {kind}", identifier(argument));
        text
    });
    let answer = if arguments.is_empty() {
        "&'static str"
    } else {
        "String"
    };
    let _ = writeln!(rust, "/// `{shown}` ({})", all[0].2[key].file);
    let _ = writeln!(
        rust,
        "pub fn {name}(lang: Lang{parameters}) -> {answer} {{\n    match lang {{"
    );
    for (_, variant, messages) in all {
        let pieces = &messages[key].pieces;
        if arguments.is_empty() {
            let _ = writeln!(rust, "        Lang::{variant} => {:?},", show(pieces));
        } else {
            let _ = writeln!(
                rust,
                "        Lang::{variant} => {{ let mut out = String::new();"
            );
            say(rust, pieces, numbers);
            let _ = writeln!(rust, "            out }}");
        }
    }
    rust.push_str("    }\n}\n");
}

/// The message as a reader of the generated documentation sees it.
fn show(pieces: &[Piece]) -> String {
    pieces.iter().fold(String::new(), |mut text, piece| {
        match piece {
            Piece::Text(words) => text.push_str(words),
            Piece::Argument(name) => {
                let _ = write!(text, "{{{name}}}");
            }
            Piece::Choice { arms, .. } => {
                if let Some((_, pieces)) = arms.last() {
                    text.push_str(&show(pieces));
                }
            }
        }
        text
    })
}

fn say(rust: &mut String, pieces: &[Piece], numbers: &BTreeSet<String>) {
    for piece in pieces {
        match piece {
            Piece::Text(words) => {
                let _ = writeln!(rust, "            out.push_str({words:?});");
            }
            Piece::Argument(name) if numbers.contains(name) => {
                let _ = writeln!(
                    rust,
                    "            out.push_str(&grouped({}));",
                    identifier(name)
                );
            }
            Piece::Argument(name) => {
                let _ = writeln!(
                    rust,
                    "            let _ = write!(out, \"{{}}\", {});",
                    identifier(name)
                );
            }
            Piece::Choice { number, arms } => {
                let _ = writeln!(rust, "            match {} {{", identifier(number));
                for (arm, pieces) in arms {
                    let pattern = match arm {
                        Arm::One => "1".to_owned(),
                        Arm::Exactly(value) => value.to_string(),
                        Arm::Other => "_".to_owned(),
                    };
                    let _ = writeln!(rust, "            {pattern} => {{");
                    say(rust, pieces, numbers);
                    rust.push_str("            }\n");
                }
                rust.push_str("            }\n");
            }
        }
    }
}

// ------------------------------------------------------------------------------------ assets

fn assets(here: &Path, out: &Path) -> Result<(), String> {
    let mut css = String::new();
    for sheet in SHEETS {
        css.push_str(&read(&here.join("../style").join(sheet))?);
    }
    let css = minified(&css);
    let boot = read(&here.join("../frontend/boot.js"))?;
    write(&out.join("huiyin.css"), &css)?;
    write(&out.join("boot.js"), &boot)?;
    let names = format!(
        "/// Address of the one style sheet; changes with its bytes.\n\
         pub const CSS_PATH: &str = \"/pkg/huiyin.{:016x}.css\";\n\
         /// Address of the boot script; changes with its bytes.\n\
         pub const BOOT_PATH: &str = \"/pkg/boot.{:016x}.js\";\n",
        fnv(css.as_bytes()),
        fnv(boot.as_bytes()),
    );
    write(&out.join("assets.rs"), &names)
}

/// FNV-1a, 64 bits: a name for a cache, not a proof of anything.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// Drops comments and white space that means nothing. Quoted strings stay as they are; `+` and
/// `-` keep their spaces because `calc()` needs them.
fn minified(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut chars = css.chars().peekable();
    let mut gap = false;
    while let Some(c) = chars.next() {
        if c == '/' && chars.peek() == Some(&'*') {
            let mut last = ' ';
            chars.next();
            for inner in chars.by_ref() {
                if last == '*' && inner == '/' {
                    break;
                }
                last = inner;
            }
            gap = true;
        } else if c.is_whitespace() {
            gap = true;
        } else {
            let last = out.chars().next_back();
            let joins = |c: char| matches!(c, '{' | '}' | ';' | ',' | '>');
            if gap && !joins(c) && !last.is_some_and(|l| joins(l) || l == ':') {
                out.push(' ');
            }
            gap = false;
            if c == '}' && out.ends_with(';') {
                out.pop();
            }
            out.push(c);
            if c == '"' || c == '\'' {
                let mut escaped = false;
                for inner in chars.by_ref() {
                    out.push(inner);
                    if inner == c && !escaped {
                        break;
                    }
                    escaped = inner == '\\' && !escaped;
                }
            }
        }
    }
    out
}
