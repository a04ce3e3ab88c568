CREATE TABLE reader (
    id integer PRIMARY KEY, name varchar(80), email varchar(200), phone varchar(40),
    street varchar(120), city varchar(80), joined_at timestamp, remark text
);
CREATE TABLE loan (
    id integer PRIMARY KEY, reader_id integer REFERENCES reader (id), number varchar(20),
    status varchar(16), lent_at timestamp, due_at timestamp, fee numeric(12, 2), remark text
);
CREATE TABLE item (
    id integer PRIMARY KEY, loan_id integer REFERENCES loan (id),
    book_id integer REFERENCES book (id), place integer, returned_at timestamp,
    damage numeric(12, 2), renewals integer, remark text
);
CREATE TABLE book (
    id integer PRIMARY KEY, isbn varchar(20), title varchar(200), subtitle varchar(200),
    year integer, pages integer, price numeric(12, 2), remark text
);
CREATE TABLE subject (
    id integer PRIMARY KEY, name varchar(80)
);
CREATE TABLE book_subject (
    book_id integer REFERENCES book (id), subject_id integer REFERENCES subject (id),
    PRIMARY KEY (book_id, subject_id)
);
