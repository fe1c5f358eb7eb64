"""``python -m gse_billing.cli`` is ``gse-billing``."""

from gse_billing.cli.main import run

run()
