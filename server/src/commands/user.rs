//! `huiyin user`: the first people of a city. All others are looked after on the desk.

use anyhow::bail;

use crate::control;
use crate::settings::Settings;

/// Makes an account with one of the roles that look after others, and prints its first password.
///
/// # Errors
/// If the login is taken or no login, or the role is another.
pub async fn run(settings: &Settings, login: &str, name: &str, role: &str) -> anyhow::Result<()> {
    let words = ["user", login, name, role].map(str::to_owned).to_vec();
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
