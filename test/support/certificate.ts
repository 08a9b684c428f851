/** Of localhost and 127.0.0.1, made with: openssl req -x509 -newkey ec -subj /CN=localhost. Nobody trusts it. */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIBnDCCAUGgAwIBAgIUYz+WEDP6dBWtSlAZzmxs8YMeII8wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMTIyNDk1NVoYDzIxMjYxMDI4
MjI0OTU1WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAREp5ff/yfDuxo0Em+QEzfj5OjnkW+Dgkv+ZRJ1It2LFQaYTvF+WwgE
c2DOkP+e+r6qEG2etQjxl8PqNBRm0lOpo28wbTAdBgNVHQ4EFgQUeddAuzvdpxIO
wbM6wpxEyYmgX+wwHwYDVR0jBBgwFoAUeddAuzvdpxIOwbM6wpxEyYmgX+wwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSQAwRgIhAJyNlx7anUAKGhrQLA6E7V+m9JYCFL3wtZOT/qK4OFxSAiEA
hwM5uc+9urhIWP4PWPrrPqJIoEuQc0VHSSd8/0amDMw=
-----END CERTIFICATE-----`;
export const certificateKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg0g4338fh+dyMb5uM
4NtPwIgtqdTa2nk99NzxMgwd/qmhRANCAAREp5ff/yfDuxo0Em+QEzfj5OjnkW+D
gkv+ZRJ1It2LFQaYTvF+WwgEc2DOkP+e+r6qEG2etQjxl8PqNBRm0lOp
-----END PRIVATE KEY-----`;
