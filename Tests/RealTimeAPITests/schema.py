"""Judges messages by the JSON Schema, with a validator that is not ours.

Usage: schema.py SCHEMA < LINES. Each line is an object: "text" is a message in base64, "verdicts" says for names of
definitions ("" for the schema itself) whether the message is valid; none if it is no JSON. Prints each disagreement, and at
last the numbers of messages and verdicts.
"""

import base64
import decimal
import json
import sys

import jsonschema


def number(text):
    """A number that is not rounded: an int if it is a whole one, or else a Decimal, which is no integer."""
    try:
        value = decimal.Decimal(text)
    except decimal.InvalidOperation:  # An exponent of more than 18 digits: in no range, or no whole number.
        return decimal.Decimal("0.5")
    is_whole = value == 0 or -400 < value.adjusted() < 400 and value == value.to_integral_value()
    return int(value) if is_whole else value


def refuse(name):
    raise ValueError(f"{name} is no JSON")


def parse(text):
    return json.loads(text.decode("utf-8"), parse_int=number, parse_float=number, parse_constant=refuse)


def main():
    # Numbers of any length; they are compared, not computed with.
    decimal.setcontext(decimal.Context(prec=20_000, Emax=decimal.MAX_EMAX, Emin=decimal.MIN_EMIN))
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    resolver = jsonschema.RefResolver.from_schema(schema)
    validators = {"": jsonschema.Draft202012Validator(schema, resolver=resolver)}
    for name, definition in schema["$defs"].items():
        validators[name] = jsonschema.Draft202012Validator(definition, resolver=resolver)
    messages = verdicts = 0
    for line in sys.stdin:
        case = json.loads(line)
        text = base64.b64decode(case["text"])
        messages += 1
        try:
            message = parse(text)
        except ValueError as error:
            if case["verdicts"]:
                print(f"no JSON ({error}), but read: {text!r}")
            continue
        if not case["verdicts"]:
            print(f"JSON, but not read: {text!r}")
        for name, expected in case["verdicts"].items():
            verdicts += 1
            if validators[name].is_valid(message) != expected:
                reasons = [error.message for error in validators[name].iter_errors(message)]
                print(f"{name or 'root'}: {text[:300]!r}: the schema says {reasons[:3]}")
    print(f"{messages} messages, {verdicts} verdicts")


main()
