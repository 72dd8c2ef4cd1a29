"""Drawings that several charts share."""
