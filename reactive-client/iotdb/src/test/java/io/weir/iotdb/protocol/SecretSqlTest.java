package io.weir.iotdb.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SecretSqlTest {

    @Test
    void passwordsOfUsersAreNotShown() {
        assertThat(SecretSql.mask("CREATE USER ann 'pa''ss'")).isEqualTo("CREATE USER ann '***'");
        assertThat(SecretSql.mask("alter user ann set password 'open")).isEqualTo("alter user ann set password '***'");
        assertThat(SecretSql.mask("ALTER USER ann SET PASSWORD \"x\"")).isEqualTo("ALTER USER ann SET PASSWORD '***'");
    }

    @Test
    void aStatementWithAPasswordIsSecretAsAWhole() {
        assertThat(SecretSql.isSecret("create user ann 'pass'")).isTrue();
        assertThat(SecretSql.isSecret("list user")).isFalse();
        assertThat(SecretSql.isSecret("select 'x' from t")).isFalse();
    }

    @Test
    void otherTextsAre() {
        assertThat(SecretSql.mask("select * from t where name = 'ann'")).contains("'ann'");
        assertThat(SecretSql.mask("select users from t where a = 'x'")).contains("'x'");
    }

    @Test
    void aBatchWithASecretInItIsOne() {
        ExecuteBatch batch = new ExecuteBatch(1, List.of("show databases", "create user me 's3cret'"));
        assertThat(batch.isConfidential()).isTrue();
        assertThat(batch.toString()).contains("show databases").doesNotContain("s3cret");
        assertThat(new ExecuteBatch(1, List.of("show databases")).isConfidential())
                .isFalse();
    }
}
