//! QR codes, drawn on the server.

use leptos::prelude::*;
use qrcode::{Color, QrCode};

/// A QR code as one path: four modules of quiet around it, dark on light in both colour schemes,
/// since that is what cameras read.
pub fn qr_code(said: &'static str, address: &str) -> Option<AnyView> {
    const QUIET: usize = 4;
    let code = QrCode::new(address.as_bytes()).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (at, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            use std::fmt::Write as _;
            // Writing to a String cannot fail.
            let _ = write!(
                path,
                "M{} {}h1v1h-1z",
                at % width + QUIET,
                at / width + QUIET
            );
        }
    }
    let side = width + 2 * QUIET;
    Some(
        view! {
            <svg
                class="qr" viewBox=format!("0 0 {side} {side}") role="img"
                aria-label=said shape-rendering="crispEdges"
            >
                <rect width=side.to_string() height=side.to_string() fill="#fff"></rect>
                <path d=path fill="#000"></path>
            </svg>
        }
        .into_any(),
    )
}
