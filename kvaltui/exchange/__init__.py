"""Files in and out: plan files, tables, bundles, reports and `status --json`."""
