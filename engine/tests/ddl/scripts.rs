//! The habits of each database.

use joinwright::base::Dialect;

use crate::reading::clean;

#[test]
fn mysql_declares_indexes_in_the_table() {
    let text = "CREATE TABLE IF NOT EXISTS `t` (
          `id` int(10) unsigned NOT NULL AUTO_INCREMENT COMMENT 'a; b',
          `name` varchar(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin BINARY NOT NULL,
          `kind` enum('a','b;') DEFAULT 'a', `n` int zerofill ON UPDATE CURRENT_TIMESTAMP,
          `key` int KEY,
          UNIQUE KEY `u` (`name`(10)) USING BTREE, KEY `k` (`kind`,`id`), FULLTEXT KEY f (`name`),
          INDEX USING HASH (n), PRIMARY KEY (`id`) /*!80000 INVISIBLE */,
          CONSTRAINT FOREIGN KEY fk_t (n) REFERENCES t (id)
        ) ENGINE=InnoDB AUTO_INCREMENT=5 COMMENT='x' /*!50100 PARTITION BY KEY (id) */;
        /*!40101 SET character_set_client = @saved */;
        # CREATE TABLE no (a int);
        INSERT INTO t VALUES ('it\\'s; CREATE TABLE no (a int)');";
    assert_eq!(
        clean(Dialect::MySql, text),
        "t(id INT(10) UNSIGNED!, name VARCHAR(40)!, kind ENUM('a', 'b;'), n INT ZEROFILL, \
         key INT!) unique(name) index(kind id) index(n) pk(id) fk(n -> t.id)"
    );
}

#[test]
fn routines_are_passed_over_with_their_bodies() {
    let mysql = "DELIMITER $$
        CREATE DEFINER=`me`@`%` PROCEDURE p() BEGIN CREATE TABLE no (a INT); END$$
        delimiter ;
        CREATE TRIGGER r BEFORE INSERT ON t FOR EACH ROW BEGIN
            IF x THEN SELECT CASE WHEN a THEN 1 END; END IF; WHILE y DO SELECT 1; END WHILE;
        END;
        CREATE TABLE yes (a INT);";
    assert_eq!(clean(Dialect::MySql, mysql), "yes(a INT)");
    let postgres = "CREATE FUNCTION f() RETURNS int AS $_$ CREATE TABLE no (a int); $_$ LANGUAGE sql;
        CREATE FUNCTION g() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 2 END; END;
        DO $$ BEGIN CREATE TABLE no (a int); END $$;
        BEGIN; CREATE TABLE yes (a int); COMMIT;";
    assert_eq!(clean(Dialect::Postgres, postgres), "yes(a INT)");
    let oracle = "CREATE OR REPLACE TRIGGER r BEFORE INSERT ON t FOR EACH ROW
        DECLARE n NUMBER; BEGIN IF n > 0 THEN NULL; END IF; FOR i IN 1..2 LOOP NULL; END LOOP; END;
        /
        CREATE PACKAGE BODY p AS PROCEDURE a IS BEGIN NULL; END; PROCEDURE b IS BEGIN NULL; END; END;
        /
        BEGIN EXECUTE IMMEDIATE 'DROP TABLE yes'; END;
        /
        CREATE TABLE yes (a NUMBER(10,0), b VARCHAR2(40 CHAR) DEFAULT SYSDATE NOT NULL ENABLE)
        /
        PROMPT it's done
        CREATE TABLE also (a INT);";
    assert_eq!(
        clean(Dialect::Oracle, oracle),
        "yes(a NUMBER(10, 0), b VARCHAR2(40 CHAR)!)\nalso(a INT)"
    );
}

#[test]
fn sql_server_batches_need_no_semicolons() {
    let text = "IF OBJECT_ID(N'a') IS NULL CREATE TABLE a (id INT IDENTITY(1,1), x INT,
            CONSTRAINT pk PRIMARY KEY CLUSTERED ([id] ASC) WITH (PAD_INDEX = OFF) ON [PRIMARY]) ON [PRIMARY]
        go
        CREATE TABLE b (a INT NOT NULL CONSTRAINT df DEFAULT (getdate()), s NVARCHAR(MAX) SPARSE NULL)
        ALTER TABLE b WITH CHECK ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES a (id),
            CONSTRAINT u UNIQUE NONCLUSTERED (a)
        ALTER TABLE b CHECK CONSTRAINT f
        ALTER TABLE b
            ALTER COLUMN s NVARCHAR(10) NOT NULL
        GO
        CREATE PROCEDURE p AS SELECT 1; CREATE TABLE #no (a INT);
        GO 5
        CREATE TABLE @schema.c (a INT);";
    assert_eq!(
        clean(Dialect::MsSql, text),
        "a(id INT!, x INT) pk(id)\nb(a INT!, s NVARCHAR(10)!) unique(a) fk(a -> a.id)\n@schema.c(a INT)"
    );
}

#[test]
fn what_only_client_programs_understand_is_passed_over() {
    let text = "\u{feff}\\restrict x'y
        \\connect db
        COPY t (a, b) FROM stdin;\n1\tit's; CREATE TABLE no (a int)\n\\.\n
        SET search_path = ''; SELECT pg_catalog.set_config('a', E'\\';', false);
        CREATE TABLE yes (a int);\n\\unrestrict x";
    assert_eq!(clean(Dialect::Postgres, text), "yes(a INT)");
    let text = ".mode box\nPRAGMA foreign_keys=OFF;\nCREATE TABLE t (a);";
    assert_eq!(clean(Dialect::Sqlite, text), "t(a)");
}

#[test]
fn sqlite_takes_any_words_for_a_type() {
    let text = "CREATE TABLE t (a BLOB SUB_TYPE TEXT NOT NULL, b VARYING CHARACTER(20) DEFAULT -1,
        c UNSIGNED BIG INT, d, e INTEGER PRIMARY KEY AUTOINCREMENT) STRICT, WITHOUT ROWID;
        CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT CASE 1 WHEN 1 THEN 2 END; DELETE FROM t; END;";
    assert_eq!(
        clean(Dialect::Sqlite, text),
        "t(a BLOB SUB_TYPE TEXT!, b VARYING CHARACTER(20), c UNSIGNED BIG INT, d, e INTEGER!) pk(e)"
    );
}
