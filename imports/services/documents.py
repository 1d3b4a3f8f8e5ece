"""A batch for scripts: plain values with English words that do not change with the language."""

from collections.abc import Mapping, Sequence
from typing import Any

from imports.models import Batch
from imports.rules.findings import Findings
from organisation.models import Unit


def document_of(batch: Batch, *, needed: Sequence[str]) -> dict[str, Any]:
    """Everything the control page shows. Amounts are text in kroner, so that no digit is lost; what is missing is null."""
    findings = Findings.from_json(batch.findings) if batch.findings else Findings(kind=batch.source.kind, profile="")
    plain = findings.as_json()
    codes = _unit_codes([*findings.by_unit, *(str(each["unit_id"] or "") for each in batch.differences)])
    return {
        "source": batch.source.code,
        "file": batch.file_name,
        "sha256": batch.sha256,
        "state": batch.state,
        "refusal": batch.refusal or None,
        "profile": findings.profile or None,
        "format": findings.format,
        "encoding": findings.encoding,
        "period": None if findings.year is None else f"{findings.year}-{findings.number or 0:02}",
        "cumulative": findings.cumulative,
        "lines": findings.lines,
        "rows": findings.rows,
        "skipped": plain["skipped"],
        "errors": findings.errors,
        "problems": plain["problems"],
        "warnings": plain["warnings"],
        "sums": plain["sums"],
        "totals": plain["totals"],
        "unknown_codes": plain["unknown"],
        "unmapped": plain["unmapped"],
        "unmapped_percent": plain["unmapped_percent"],
        "by_unit": {codes.get(key, key) or "": amount for key, amount in plain["by_unit"].items()},
        "to_accept": list(needed),
        "changed": [
            {"unit": codes.get(str(each["unit_id"] or "")), "before": each["before"], "after": each["after"]} for each in batch.differences
        ],
        "version": batch.delivery.version if batch.delivery else None,
    }


def lines_of(document: Mapping[str, Any]) -> str:
    """The same for the eye."""
    told = [f"{document['file']}: {document['state']}, period {document['period'] or '-'}, {document['rows']} of {document['lines']} rows"]
    if document["refusal"]:
        told.append("refused: " + ", ".join(f"{name} {value}" for name, value in document["refusal"].items()))
    told += [f"skipped {each['count']}: {each['reason']}" for each in document["skipped"]]
    told += [
        f"sum {each['what']} {each['scope']}: {each['in_file']} in the file, {each['read']} read{'' if each['ok'] else ', DIFFERS'}"
        for each in document["sums"]
    ]
    told += [
        f"unknown {each['kind']} {each['code']} {each['name']}: {each['rows']} rows, {each['amount']}" for each in document["unknown_codes"]
    ]
    told += [
        f"{each['severity']} row {each['row']}: {each['code']} {each['text']}" for each in (*document["problems"], *document["warnings"])
    ]
    told += [f"changed {each['unit'] or 'not allocated'}: {each['before']} > {each['after']}" for each in document["changed"]]
    if document["to_accept"]:
        told.append("to accept: " + ", ".join(document["to_accept"]))
    return "\n".join(told)


def _unit_codes(keys: Sequence[str]) -> dict[str, str | None]:
    ids = {int(key) for key in keys if key}
    return {str(pk): code for pk, code in Unit.objects.filter(pk__in=ids).values_list("pk", "code")}
