package io.weir.server.tdengine.session;

import io.weir.server.tdengine.manner.Manner;
import io.weir.server.tdengine.manner.Manners;
import io.weir.server.tdengine.sql.TaosError;

/** Who may log in: {@code root} with {@code taosdata}, or a token. */
public final class Accounts {

    public static final String USER = "root";
    public static final String PASSWORD = "taosdata";
    /** The bearer token that is taken. */
    public static final String TOKEN = "weir-token";
    /** The one-time code that is taken. */
    public static final String TOTP = "123456";

    private final Manners manners;

    Accounts(Manners manners) {
        this.manners = manners;
    }

    public void password(String user, String password) {
        if (!user.equals(USER)) {
            throw new TaosError(0x0351, "Invalid user");
        } else if (!password.equals(PASSWORD)) {
            throw failure();
        }
    }

    public void totp(String user, String password, String code) {
        password(user, password);
        if (!code.equals(TOTP)) {
            throw failure();
        }
    }

    public void token(String token) {
        if (!token.equals(TOKEN) || manners.is(Manner.TOKEN_EXPIRED)) {
            throw failure();
        }
    }

    private static TaosError failure() {
        return new TaosError(0x0357, "Authentication failure");
    }
}
