import cv2
import yaml
import skimage.io
from PIL import Image
from bs4 import BeautifulSoup
import dateutil.parser
import os, json, re
img = cv2.imread("shot.png")
cv2.imwrite("gray.png", img)
