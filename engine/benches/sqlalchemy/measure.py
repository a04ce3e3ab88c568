"""What SQLAlchemy spends on the same work; one JSON object on standard output, times in CPU seconds.

    measure.py configure < model.json     configure_mappers() for a model with its tables as data
    measure.py statements                 the statements of the lending library
    measure.py process COMMAND...         the CPU time of another process
"""

import json
import resource
import statistics
import subprocess
import sys
import time


def median_of(run, budget=0.3):
    run()
    times, end = [], time.process_time() + budget
    while len(times) < 5 or time.process_time() < end:
        start = time.process_time_ns()
        for _ in range(10):
            run()
        times.append((time.process_time_ns() - start) / 1e10)
    return statistics.median(times)


def configure(document):
    import sqlalchemy as sa
    from sqlalchemy.orm import configure_mappers, foreign, registry, relationship

    metadata, mappers = sa.MetaData(), registry()
    for table in document["tables"]:
        keys = table["primary_key"]
        columns = [
            sa.Column(column["name"], sa.Integer if column["name"].endswith("id") else sa.String,
                      primary_key=column["name"] in keys, nullable=column["nullable"])
            for column in table["columns"]
        ]
        references = [
            sa.ForeignKeyConstraint(key["columns"], [f"{key['table']}.{to}" for to in key["referred"]])
            for key in table["foreign_keys"]
        ]
        sa.Table(table["name"], metadata, *columns, *references)

    def column(path):
        table, name = path.split(".")
        return metadata.tables[table].c[name]

    def condition(text):
        """`a.x = foreign(b.y) AND b.z = 'open'`, the only shape that the generator writes."""
        equality, filtered = text.split(" AND ")
        referred, referring = equality.split(" = ")
        status, value = filtered.split(" = ")
        refers = column(referred) == foreign(column(referring[len("foreign("):-1]))
        return sa.and_(refers, column(status) == value.strip("'"))

    classes = {name: type(name, (), {}) for name in document["entity"]}

    def property_of(given):
        arguments = {}
        for key in ("back_populates", "overlaps", "viewonly"):
            if key in given:
                arguments[key] = given[key]
        for key in ("foreign_keys", "remote_side"):
            if key in given:
                arguments[key] = [column(path) for path in given[key]]
        if "secondary" in given:
            arguments["secondary"] = metadata.tables[given["secondary"]]
        if "primaryjoin" in given:
            arguments["primaryjoin"] = condition(given["primaryjoin"])
        if "load" in given:
            arguments["lazy"] = given["load"]
        return relationship(classes[given["target"]], **arguments)

    for name, entity in document["entity"].items():
        properties = {key: property_of(given) for key, given in entity["relationship"].items()}
        mappers.map_imperatively(classes[name], metadata.tables[entity["table"]], properties=properties)
    start = time.process_time()
    configure_mappers()
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {"configure": time.process_time() - start, "process": used.ru_utime + used.ru_stime}


def statements():
    import sqlalchemy as sa
    from sqlalchemy.dialects import postgresql
    from sqlalchemy.orm import declarative_base, joinedload, relationship, with_parent

    base = declarative_base()

    def columns(*names):
        return {name: sa.Column(sa.String) for name in names}

    def refers(table):
        return sa.Column(sa.ForeignKey(f"{table}.id"))

    def entity(name, own):
        key = sa.Column(sa.Integer, primary_key=True)
        return type(name, (base,), {"__tablename__": name.lower(), "id": key, **own})

    book_subject = sa.Table("book_subject", base.metadata,
                            sa.Column("book_id", sa.ForeignKey("book.id"), primary_key=True),
                            sa.Column("subject_id", sa.ForeignKey("subject.id"), primary_key=True))
    Reader = entity("Reader", {**columns("name", "email", "phone", "street", "city", "joined_at", "remark"),
                               "loans": relationship("Loan", back_populates="reader")})
    Loan = entity("Loan", {"reader_id": refers("reader"),
                           **columns("number", "status", "lent_at", "due_at", "fee", "remark"),
                           "reader": relationship("Reader", back_populates="loans"),
                           "items": relationship("Item", back_populates="loan")})
    Item = entity("Item", {"loan_id": refers("loan"), "book_id": refers("book"),
                           **columns("place", "returned_at", "damage", "renewals", "remark"),
                           "loan": relationship("Loan", back_populates="items"),
                           "book": relationship("Book", back_populates="items")})
    entity("Book", {**columns("isbn", "title", "subtitle", "year", "pages", "price", "remark"),
                    "items": relationship("Item", back_populates="book"),
                    "subjects": relationship("Subject", secondary=book_subject, back_populates="books")})
    Subject = entity("Subject", {**columns("name"),
                                 "books": relationship("Book", secondary=book_subject, back_populates="subjects")})
    loans = joinedload(Reader.loans)
    made = {
        "lazy": lambda: sa.select(Loan).where(with_parent(Reader(id=7), Reader.loans)),
        "joined 1": lambda: sa.select(Reader).options(loans),
        "joined 2": lambda: sa.select(Reader).options(loans.joinedload(Loan.items)),
        "joined 3": lambda: sa.select(Reader).options(loans.joinedload(Loan.items).joinedload(Item.book)),
        "selectin": lambda: sa.select(Loan.reader_id, Loan).where(
            Loan.reader_id.in_(sa.bindparam("keys", expanding=True))),
        "secondary": lambda: sa.select(Subject.books.property.mapper.class_).where(
            with_parent(Subject(id=3), Subject.books)),
    }
    dialect, cache, found = postgresql.dialect(), {}, {}
    for name, make in made.items():
        statement = make()

        def cached():
            return statement._compile_w_cache(dialect, compiled_cache=cache, column_keys=[],
                                              for_executemany=False, schema_translate_map=None)

        found[name] = {
            "compile": median_of(lambda: str(make().compile(dialect=dialect))),
            "cached": median_of(cached),
        }
    return found


def process(command):
    times = []
    # A slow spell of the machine outlasts a few runs.
    for _ in range(41):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return {"process": statistics.median(times)}


match sys.argv[1:]:
    case ["configure"]:
        found = configure(json.load(sys.stdin))
    case ["statements"]:
        found = statements()
    case ["process", *command]:
        found = process(command)
    case _:
        sys.exit(__doc__)
print(json.dumps(found))
