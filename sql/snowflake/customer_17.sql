-- Who is customer 17, and what did they buy? A row an order; one row without an order if they bought nothing.
SELECT
    C.ID,
    C.FIRST_NAME,
    C.LAST_NAME,
    C.CITY,
    C.COUNTRY,
    O.ORDER_ID,
    O.ORDER_TS,
    O.ITEM,
    O.ORDER_TOTAL_USD
FROM ANALYTICS.CUSTOMERS AS C
LEFT JOIN ANALYTICS.ORDERS AS O ON C.ID = O.CUSTOMER_ID
WHERE C.ID = 17
ORDER BY O.ORDER_TS, O.ORDER_ID;
