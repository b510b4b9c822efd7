//! The one list of routes: what is asked, by which method, and who may ask.
//!
//! The router, `huiyin routes` and the test of permissions are all made from it, so a route that
//! nobody gave a permission cannot exist.

use std::fmt;

use axum::Router;
use axum::handler::Handler;
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter, on};
use http::Method;

/// Who may ask a route at all. What one sees and may do there is decided again, with the case in
/// hand, by `domain::access`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Permission {
    /// Everybody; the answer is the same for everybody.
    Everyone,
    /// Everybody, with what they hold: a form, a receipt code, a filing key.
    Anyone,
    /// Who opened a tracking session with a receipt code.
    Party,
    /// Staff with an appointment that holds the named verb or screen.
    Staff(&'static str),
    /// The machine itself and its watchers.
    Machine,
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everyone => f.write_str("everyone"),
            Self::Anyone => f.write_str("anyone"),
            Self::Party => f.write_str("party"),
            Self::Staff(verb) => write!(f, "staff:{verb}"),
            Self::Machine => f.write_str("machine"),
        }
    }
}

/// One row: a method at a path, who may ask, and what answers.
pub struct Route<S> {
    /// GET or POST, seldom another; GET answers HEAD too.
    pub method: Method,
    /// The path with its parameters, as axum writes them: `/cases/{number}`.
    pub path: &'static str,
    /// Who may ask.
    pub permission: Permission,
    handler: MethodRouter<S>,
}

impl<S: Clone + Send + Sync + 'static> Route<S> {
    /// A GET, which changes nothing.
    pub fn get<H, T>(path: &'static str, permission: Permission, handler: H) -> Self
    where
        H: Handler<T, S>,
        T: 'static,
    {
        Self {
            method: Method::GET,
            path,
            permission,
            handler: on(MethodFilter::GET, handler),
        }
    }

    /// A POST; [`super::cross_site`] has judged it before the handler runs.
    pub fn post<H, T>(path: &'static str, permission: Permission, handler: H) -> Self
    where
        H: Handler<T, S>,
        T: 'static,
    {
        Self {
            method: Method::POST,
            path,
            permission,
            handler: on(MethodFilter::POST, handler),
        }
    }
}

/// The path of the route that answered, in the answer's extensions: logs name it instead of the
/// address asked for, which may hold what somebody typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoutePath(pub &'static str);

/// What `huiyin routes` prints of a row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct RouteLine {
    /// The path.
    pub path: &'static str,
    /// The method.
    pub method: String,
    /// The permission, as [`Permission`] writes itself.
    pub permission: String,
}

/// All routes.
pub struct Table<S> {
    routes: Vec<Route<S>>,
}

impl<S: Clone + Send + Sync + 'static> Table<S> {
    /// A table of these rows.
    pub fn new(routes: Vec<Route<S>>) -> Self {
        Self { routes }
    }

    /// This table and the rows of `other`.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.routes.extend(other.routes);
        self
    }

    /// The rows to print, sorted by path.
    pub fn lines(&self) -> Vec<RouteLine> {
        let mut lines: Vec<RouteLine> = self
            .routes
            .iter()
            .map(|route| RouteLine {
                path: route.path,
                method: route.method.to_string(),
                permission: route.permission.to_string(),
            })
            .collect();
        lines.sort();
        lines
    }

    /// Public pages without parameters: what a site map lists.
    pub fn public_pages(&self) -> Vec<&'static str> {
        self.routes
            .iter()
            .filter(|route| route.permission == Permission::Everyone)
            .filter(|route| route.method == Method::GET && !route.path.contains(['{', '.']))
            .filter(|route| {
                !["/api", "/fn", "/open311"]
                    .iter()
                    .any(|d| route.path.starts_with(d))
            })
            .map(|route| route.path)
            .collect()
    }

    /// The router of these rows.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where routes are made"
    )]
    pub fn into_router(self) -> Router<S> {
        self.routes
            .into_iter()
            .fold(Router::new(), |router, route| {
                let path = RoutePath(route.path);
                let name = move |mut response: Response| async move {
                    response.extensions_mut().insert(path);
                    response
                };
                router.route(
                    path.0,
                    route.handler.layer(axum::middleware::map_response(name)),
                )
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn nothing() {}

    #[test]
    fn the_table_prints_and_routes_the_same_rows() {
        let table: Table<()> = Table::new(vec![
            Route::post("/whistle", Permission::Anyone, nothing),
            Route::get("/whistle", Permission::Everyone, nothing),
            Route::get("/cases/{number}", Permission::Everyone, nothing),
        ])
        .and(Table::new(vec![Route::get(
            "/desk",
            Permission::Staff("see"),
            nothing,
        )]));
        let lines: Vec<String> = table
            .lines()
            .iter()
            .map(|line| format!("{} {} {}", line.method, line.path, line.permission))
            .collect();
        assert_eq!(
            lines,
            [
                "GET /cases/{number} everyone",
                "GET /desk staff:see",
                "GET /whistle everyone",
                "POST /whistle anyone"
            ]
        );
        assert_eq!(table.public_pages(), ["/whistle"]);
        let _ = table.into_router();
    }
}
