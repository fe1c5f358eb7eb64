"""Measurements, each beside its bar: ``make bench`` runs every module of this folder; exit status 1 is a missed bar."""
