-- What WarmUp runs, over tables of a city's bicycle hire: one query of every kind that people write, none of them
-- a benchmark's. {more} is another condition each round, so that a round's code is not the last one's.
SELECT station_from, kind, count(*) AS hires, sum(fee) AS fees, sum(fee * (1 - rebate)) AS paid, avg(minutes) AS average
FROM hires WHERE day <= DATE '2024-11-30' AND {more} GROUP BY station_from, kind ORDER BY station_from, kind;

SELECT sum(fee * rebate) FROM hires WHERE day >= DATE '2024-03-01' AND day < DATE '2024-09-01' AND rebate BETWEEN 0.02 AND 0.07 AND {more};

SELECT h.hire, h.day, sum(h.fee) AS fees FROM hires h JOIN riders r ON h.rider = r.rider
WHERE r.tariff = 'yearly' AND h.day < DATE '2024-06-15' AND {more} GROUP BY h.hire, h.day ORDER BY fees DESC, h.day LIMIT 20;

SELECT s.city, count(DISTINCT h.rider) AS riders, max(h.minutes) AS longest
FROM hires h JOIN stations s ON h.station_from = s.station JOIN riders r ON r.rider = h.rider
WHERE s.opened < DATE '2019-01-01' AND r.town = s.city AND {more} GROUP BY s.city ORDER BY riders DESC;

SELECT r.tariff, count(*) AS many FROM riders r
WHERE EXISTS (SELECT 1 FROM hires h WHERE h.rider = r.rider AND h.minutes > 50 AND {more}) GROUP BY r.tariff ORDER BY r.tariff;

SELECT r.tariff, count(*) AS none, sum(r.balance) FROM riders r
WHERE NOT EXISTS (SELECT 1 FROM hires h WHERE h.rider = r.rider AND h.kind = 'cargo' AND {more}) AND r.balance > (SELECT avg(balance) FROM riders)
GROUP BY r.tariff ORDER BY r.tariff;

SELECT hires, count(*) AS riders FROM (
  SELECT r.rider, count(h.hire) AS hires FROM riders r LEFT JOIN hires h ON r.rider = h.rider AND h.remark NOT LIKE '%late%return%' AND {more} GROUP BY r.rider)
GROUP BY hires ORDER BY riders DESC, hires DESC;

SELECT year(h.day) AS y, month(h.day) AS m, sum(CASE WHEN s.city = 'Graz' THEN h.fee ELSE 0 END) / sum(h.fee) AS share
FROM hires h, stations s WHERE h.station_to = s.station AND h.kind IN ('cargo', 'child') AND {more} GROUP BY year(h.day), month(h.day) ORDER BY y, m;

SELECT rider, total FROM (SELECT rider, sum(fee) AS total FROM hires WHERE {more} GROUP BY rider HAVING sum(fee) > 40) ORDER BY total DESC LIMIT 100;

WITH daily AS (SELECT day, sum(fee) AS fees FROM hires WHERE {more} GROUP BY day)
SELECT day, fees FROM daily WHERE fees = (SELECT max(fees) FROM daily);

SELECT s.city, s.name, h.minutes FROM hires h JOIN stations s ON s.station = h.station_from
WHERE h.minutes = (SELECT min(h2.minutes) FROM hires h2 WHERE h2.station_from = s.station) AND {more} ORDER BY s.city, s.name LIMIT 50;

SELECT h.kind, count(DISTINCT h.station_to) AS places FROM hires h
WHERE h.station_from NOT IN (SELECT station FROM stations WHERE name LIKE '%Depot%') AND {more} GROUP BY h.kind ORDER BY places DESC, h.kind;

SELECT a.city AS left_city, b.city AS right_city, sum(h.fee) AS fees FROM hires h JOIN stations a ON h.station_from = a.station JOIN stations b ON h.station_to = b.station
WHERE (a.city = 'Graz' AND b.city = 'Linz' OR a.city = 'Linz' AND b.city = 'Graz') AND {more} GROUP BY a.city, b.city ORDER BY fees;

SELECT rider, hire, minutes, row_number() OVER (PARTITION BY rider ORDER BY minutes DESC) AS n FROM hires WHERE hire % 9 = 0 AND {more} ORDER BY rider, n LIMIT 30;

SELECT upper(substring(kind, 1, 3)) AS k, concat(kind, '-', cast(station_to AS STRING)) AS place, count(*) FROM hires WHERE {more} GROUP BY 1, 2 ORDER BY 3 DESC LIMIT 10;

SELECT kind, day, fee FROM hires WHERE minutes > 58 AND {more} UNION ALL SELECT tariff, joined, balance FROM riders WHERE balance < 3 ORDER BY 3, 2, 1 LIMIT 25;

SELECT a.name, b.name AS there, r.tariff, n.none, count(*) AS many, sum(h.fee) AS fees
FROM hires h, riders r, stations a, stations b, stations home, (SELECT town, count(*) AS none FROM riders WHERE balance < 20 GROUP BY town) n
WHERE h.rider = r.rider AND h.station_from = a.station AND h.station_to = b.station AND r.town = n.town AND home.city = n.town
  AND home.station = r.rider % 300 AND a.opened > DATE '2016-01-01' AND b.city = 'Linz' AND r.tariff LIKE 'y%' AND {more}
GROUP BY a.name, b.name, r.tariff, n.none ORDER BY fees DESC, many DESC, a.name LIMIT 10;
