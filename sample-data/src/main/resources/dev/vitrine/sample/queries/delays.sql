-- Each data file of this project is a table. Ctrl+Enter runs the statement at the caret.

SELECT origin,
       count(*)             AS flights,
       round(avg(delay), 1) AS mean_delay
FROM flights_3m
WHERE distance >= 100
GROUP BY origin
ORDER BY flights DESC
LIMIT 20;

SELECT state,
       count(*) AS airports
FROM airports
GROUP BY state
ORDER BY airports DESC, state;
