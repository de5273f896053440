-- An office above a county tries a rule too; what a trial would have raised is told by places: townships of a county, counties of an office above.
update warning_rule set tried = (tried - 'byTownship') || jsonb_build_object('byPlace', tried -> 'byTownship') where tried ? 'byTownship';
