//! Provides the user's registry logins when the daemon asks for them. The daemon fetches tokens itself.

use bollard::moby::filesync::v1::auth_server;
use bollard::moby::filesync::v1::{
    CredentialsRequest, CredentialsResponse, FetchTokenRequest, FetchTokenResponse, GetTokenAuthorityRequest,
    GetTokenAuthorityResponse, VerifyTokenAuthorityRequest, VerifyTokenAuthorityResponse,
};
use secrecy::ExposeSecret;
use tonic::{Request, Response, Status};

use super::super::logins::{DockerCredentials, Logins};

pub(super) struct RegistryAuth {
    logins: Logins,
}

impl RegistryAuth {
    pub(super) fn new(logins: Logins) -> Self {
        Self { logins }
    }
}

#[tonic::async_trait]
impl auth_server::Auth for RegistryAuth {
    async fn credentials(
        &self,
        request: Request<CredentialsRequest>,
    ) -> Result<Response<CredentialsResponse>, Status> {
        let host = request.into_inner().host;
        let (username, secret) = match self.logins.at(&host).await {
            Some(DockerCredentials::Password { username, password }) => {
                (username, password.expose_secret().to_owned())
            }
            // An identity token is sent without a user name (BuildKit's `session/auth`).
            Some(DockerCredentials::IdentityToken(token)) => {
                (String::new(), token.expose_secret().to_owned())
            }
            None => (String::new(), String::new()),
        };
        Ok(Response::new(CredentialsResponse { username, secret }))
    }

    async fn fetch_token(
        &self,
        _: Request<FetchTokenRequest>,
    ) -> Result<Response<FetchTokenResponse>, Status> {
        Err(Status::unimplemented("the daemon fetches tokens"))
    }

    async fn get_token_authority(
        &self,
        _: Request<GetTokenAuthorityRequest>,
    ) -> Result<Response<GetTokenAuthorityResponse>, Status> {
        Err(Status::unimplemented("the daemon fetches tokens"))
    }

    async fn verify_token_authority(
        &self,
        _: Request<VerifyTokenAuthorityRequest>,
    ) -> Result<Response<VerifyTokenAuthorityResponse>, Status> {
        Err(Status::unimplemented("the daemon fetches tokens"))
    }
}
