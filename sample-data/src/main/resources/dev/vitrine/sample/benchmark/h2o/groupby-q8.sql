SELECT id6, v3 AS largest2_v3
FROM (
    SELECT id6, v3, row_number() OVER (PARTITION BY id6 ORDER BY v3 DESC) AS place
    FROM g1
    WHERE v3 IS NOT NULL
) ranked
WHERE place <= 2
