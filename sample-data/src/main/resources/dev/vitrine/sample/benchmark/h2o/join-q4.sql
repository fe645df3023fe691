SELECT l.id1, l.id2, l.id3, l.id4, l.id5, l.id6, l.v1, r.id1 AS r_id1, r.id2 AS r_id2, r.id4 AS r_id4, r.v2
FROM x l
JOIN medium r ON l.id5 = r.id5
