"""The month's report: ledger, sick leave, explanation, forecast, approval, consolidated report."""
