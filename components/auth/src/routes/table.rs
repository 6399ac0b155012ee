//! Every route of this component, with who may use it.

use crate::account::{
    change_email, change_password, delete_user, outbox, profile, reset_password, sign_in, sign_up, verify_email,
};
use crate::guard::origin::OriginRule::{Browser, Cookies};
use crate::http::body::BodyFormat::{FormOrJson, Ignored, Json};
use crate::notices::undo;
use crate::oauth::{authorize, consent, metadata, register, token, userinfo};
use crate::routes::endpoint::Endpoint::{self, Link, Read, UserRead, UserWrite, Write};
use crate::routes::endpoint::{ForAnyone, ForUser, nothing};
use crate::session::current::SessionRule::{Fresh, Live, LiveOrEmpty};
use crate::session::{get, list, sign_out, token as session_token};
use crate::site::{error_page, features};
use crate::social::{accounts, callback, start, tokens};
use crate::two_factor::{mailed_code, set_up, verify};

/// A method, a path behind `/api/auth`, and what it does. A segment `:name` stands for any.
pub(crate) struct Route {
    pub(super) method: &'static str,
    pub(super) path: &'static str,
    pub(super) endpoint: Endpoint,
}

/// The method of a route that has them all.
pub(super) const ANY_METHOD: &str = "*";

/// The URL space under `/api/auth`.
pub(super) const ROUTES: &[Route] = &[
    get("/ok", Read(features::ok)),
    get("/features", Read(features::features)),
    get("/error", Read(error_page::redirect_to_site)),
    // Sessions and their tokens.
    GET_SESSION,
    POST_SESSION,
    post("/sign-out", Write(Json, Browser, &ForAnyone(sign_out::read, sign_out::sign_out))),
    get("/list-sessions", UserRead(Fresh, list::list)),
    post("/revoke-session", UserWrite(Json, Live, &ForUser(list::read_token, list::revoke))),
    post("/revoke-sessions", UserWrite(Json, Live, &ForUser(nothing, list::revoke_all))),
    post("/revoke-other-sessions", UserWrite(Json, Live, &ForUser(nothing, list::revoke_others))),
    TOKEN,
    get("/jwks", Read(session_token::jwks)),
    // Accounts.
    post("/sign-up/email", Write(FormOrJson, Browser, &ForAnyone(sign_up::read, sign_up::sign_up))),
    post("/sign-in/email", Write(FormOrJson, Browser, &ForAnyone(sign_in::read, sign_in::sign_in))),
    post("/update-user", UserWrite(Json, Live, &ForUser(profile::read_object, profile::update_user))),
    post("/update-session", UserWrite(Json, Live, &ForUser(profile::read_object, profile::update_session))),
    post("/change-password", UserWrite(Json, Live, &ForUser(change_password::read_change, change_password::change))),
    post("/verify-password", UserWrite(Json, Live, &ForUser(change_password::read_password, change_password::verify))),
    post(
        "/request-password-reset",
        Write(Json, Cookies, &ForAnyone(reset_password::read_request, reset_password::request)),
    ),
    get("/reset-password/:token", Link(reset_password::follow_link)),
    post("/reset-password", Write(Json, Cookies, &ForAnyone(reset_password::read_reset, reset_password::reset))),
    post("/send-verification-email", Write(Json, Cookies, &ForAnyone(verify_email::read_request, verify_email::send))),
    get("/verify-email", Link(verify_email::follow_link)),
    post("/verify-email", Write(FormOrJson, Browser, &ForAnyone(verify_email::read_press, verify_email::press))),
    post("/change-email", UserWrite(Json, Live, &ForUser(change_email::read, change_email::change))),
    post("/delete-user", UserWrite(Json, Live, &ForUser(delete_user::read, delete_user::delete))),
    get("/delete-user/callback", Link(delete_user::follow_link)),
    get("/outbox", Read(outbox::list)),
    get("/undo", Link(undo::show)),
    post("/undo", Write(FormOrJson, Browser, &ForAnyone(undo::read, undo::press))),
    // The second factor.
    post("/two-factor/verify-totp", Write(Json, Cookies, &ForAnyone(verify::read, verify::verify_totp))),
    post("/two-factor/verify-backup-code", Write(Json, Cookies, &ForAnyone(verify::read, verify::verify_backup_code))),
    post("/two-factor/send-otp", Write(Json, Cookies, &ForAnyone(nothing, mailed_code::send))),
    post("/two-factor/verify-otp", Write(Json, Cookies, &ForAnyone(verify::read, mailed_code::verify))),
    post("/two-factor/enable", UserWrite(Json, Live, &ForUser(set_up::read, set_up::enable))),
    post("/two-factor/disable", UserWrite(Json, Live, &ForUser(change_password::read_password, set_up::disable))),
    post("/two-factor/get-totp-uri", UserWrite(Json, Live, &ForUser(change_password::read_password, set_up::totp_uri))),
    post(
        "/two-factor/generate-backup-codes",
        UserWrite(Json, Live, &ForUser(change_password::read_password, set_up::replace_backup_codes)),
    ),
    // Google.
    post("/sign-in/social", Write(Json, Cookies, &ForAnyone(start::read_sign_in, start::sign_in))),
    get("/callback/:provider", Link(callback::callback)),
    post("/callback/:provider", Write(FormOrJson, Cookies, &ForAnyone(callback::read_form, callback::redirect_form))),
    post("/link-social", UserWrite(Json, Live, &ForUser(start::read_link, start::link_social))),
    get("/list-accounts", UserRead(Live, accounts::list)),
    post("/unlink-account", UserWrite(Json, Fresh, &ForUser(accounts::read_id, accounts::unlink))),
    post("/get-access-token", UserWrite(Json, LiveOrEmpty, &ForUser(tokens::read_selection, tokens::access_token))),
    post("/refresh-token", UserWrite(Json, LiveOrEmpty, &ForUser(tokens::read_selection, tokens::refresh))),
    get("/account-info", Read(tokens::account_info)),
    // The authorization server for AI clients.
    any("/.well-known/oauth-authorization-server", Read(metadata::metadata)),
    any("/.well-known/openid-configuration", Read(metadata::metadata)),
    get("/oauth2/authorize", Read(authorize::authorize)),
    get("/oauth2/public-client", UserRead(Live, consent::public_client)),
    post(
        "/oauth2/public-client-prelogin",
        Write(Json, Cookies, &ForAnyone(consent::read_requesting_client, consent::requesting_client)),
    ),
    post("/oauth2/consent", UserWrite(Json, Live, &ForUser(consent::read_decision, consent::decide))),
    get("/oauth2/get-consents", UserRead(Live, consent::list)),
    post("/oauth2/delete-consent", UserWrite(Json, Live, &ForUser(consent::read_id, consent::delete))),
    post("/oauth2/register", Write(Json, Cookies, &ForAnyone(register::read, register::register))),
    post("/oauth2/token", Write(FormOrJson, Cookies, &ForAnyone(token::read, token::token))),
    post("/oauth2/revoke", Write(FormOrJson, Cookies, &ForAnyone(token::read, token::revoke))),
    get("/oauth2/userinfo", Read(userinfo::userinfo)),
    post("/oauth2/userinfo", Read(userinfo::userinfo)),
    route("OPTIONS", "/oauth2/register", Read(metadata::preflight)),
    route("OPTIONS", "/oauth2/token", Read(metadata::preflight)),
    route("OPTIONS", "/oauth2/revoke", Read(metadata::preflight)),
    route("OPTIONS", "/oauth2/userinfo", Read(metadata::preflight)),
];

const GET_SESSION: Route = get("/get-session", Read(get::get_session));
const POST_SESSION: Route = post("/get-session", Write(Ignored, Cookies, &ForAnyone(nothing, get::post_session)));
const TOKEN: Route = get("/token", UserRead(Live, session_token::token));

/// Those of the session component, at the paths that it has in spin.toml.
pub(super) const SESSION_ROUTES: &[Route] = &[GET_SESSION, POST_SESSION, TOKEN];

/// Paths outside `/api/auth`: the places where RFC 8414 and OpenID Connect look for metadata.
const WELL_KNOWN: [&str; 4] = [
    "/.well-known/oauth-authorization-server",
    "/.well-known/oauth-authorization-server/api/auth",
    "/.well-known/openid-configuration",
    "/.well-known/openid-configuration/api/auth",
];

/// The route of a method and a path behind `/api/auth`.
pub(super) fn find(routes: &'static [Route], method: &str, path: &str) -> Option<&'static Route> {
    routes.iter().find(|route| [method, ANY_METHOD].contains(&route.method) && matches(route.path, path))
}

/// The endpoint of a path outside `/api/auth`.
pub(super) fn find_well_known(path: &str) -> Option<&'static Endpoint> {
    WELL_KNOWN.contains(&path).then_some(&Read(metadata::metadata))
}

fn matches(pattern: &str, path: &str) -> bool {
    let (mut wanted, mut given) = (pattern.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some(wanted), Some(given)) if wanted == given || wanted.starts_with(':') => {}
            _ => return false,
        }
    }
}

const fn get(path: &'static str, endpoint: Endpoint) -> Route {
    route("GET", path, endpoint)
}

const fn post(path: &'static str, endpoint: Endpoint) -> Route {
    route("POST", path, endpoint)
}

const fn any(path: &'static str, endpoint: Endpoint) -> Route {
    route(ANY_METHOD, path, endpoint)
}

const fn route(method: &'static str, path: &'static str, endpoint: Endpoint) -> Route {
    Route { method, path, endpoint }
}
