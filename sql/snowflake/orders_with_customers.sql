-- Who placed each order? Stage 1's join: every order that is there now, with its customer as they are now.
SELECT
    O.ORDER_ID,
    O.ORDER_TS,
    O.ITEM,
    O.ORDER_TOTAL_USD,
    C.FIRST_NAME,
    C.LAST_NAME,
    C.EMAIL,
    C.COMPANY,
    C.CITY,
    C.COUNTRY
FROM ANALYTICS.ORDERS AS O
LEFT JOIN ANALYTICS.CUSTOMERS AS C ON O.CUSTOMER_ID = C.ID
ORDER BY O.ORDER_ID;
