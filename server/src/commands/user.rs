//! `huiyin user`: the first people of a city, and whoever looks after others and lost their way in.
//! All others are looked after on the desk.

use anyhow::bail;

use crate::control;
use crate::settings::Settings;

/// Asks for an account to be made or reset, and prints its first password.
///
/// # Errors
/// If the login is taken or no login, or the role is another.
pub async fn run(settings: &Settings, login: &str, words: &[&str]) -> anyhow::Result<()> {
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    let mut password = None;
    let mut why = String::new();
    control::ask(settings, &[words], |_, answer| {
        match answer.strip_prefix("password\t") {
            Some(first) => password = Some(first.to_owned()),
            None => answer.clone_into(&mut why),
        }
    })
    .await?;
    let Some(password) = password else {
        bail!("{why}");
    };
    println!("{login}: {password}");
    eprintln!(
        "The password is printed only now. It opens /sign-in for 72 hours; an authenticator and a \
         password of their own are asked for there."
    );
    Ok(())
}
